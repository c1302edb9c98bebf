import { changeReminder } from '../../client/reminders.ts';
import type { ReminderChange, ReminderOutcome } from '../../contracts/reminders.ts';
import { isAsked, understand } from '../../domain/agenda/language/understand.ts';
import { checkReminder } from '../../domain/agenda/reminder-check.ts';
import type { ReminderDefinition } from '../../domain/agenda/reminder.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { reminderList, shortened } from './reminder-list.ts';
import { reminderOf, reminderPage } from './reminder-page.ts';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).remind;

/** Makes a change, once for each update. @throws DomainError reminder-not-found, or what the reminder refuses */
export async function ordered(
  { talker, updateId }: Turn,
  { client }: DialogDeps,
  { reminderId, order }: { readonly reminderId: string; readonly order: ReminderChange },
): Promise<ReminderOutcome> {
  const requestId = derivedId(updateId, `reminder.${order.kind}`);
  return await changeReminder(client, { reminderId, userId: talker.userId }, { change: order, requestId });
}

/** Shows the page as it is after a change that a button of it asked for. */
const changing =
  (order: ReminderChange): PressHandler =>
  async (turn, [short = ''], deps) => {
    const { id } = await reminderOf(turn, short, deps);
    const { changed } = await ordered(turn, deps, { reminderId: id, order });
    const page = reminderPage(turn, await reminderOf(turn, short, deps), change);
    return changed ? page : { ...page, toast: wordsOf(turn).unchanged };
  };

const onOpen: PressHandler = async (turn, [short = ''], deps) =>
  done(reminderPage(turn, await reminderOf(turn, short, deps), change));

const onDelete: PressHandler = async (turn, [short = ''], deps) => {
  const words = wordsOf(turn);
  const { text } = await reminderOf(turn, short, deps);
  const back = press(texts(turn.talker.speaks).common.back, 'reminder.open', short);
  return change(words.askRemove({ text: shortened(text) }), [
    [press(words.removeYes, 'reminder.delete-yes', short), back],
  ]);
};

const onDeleteYes: PressHandler = async (turn, [short = ''], deps) => {
  const words = wordsOf(turn);
  const { id } = await reminderOf(turn, short, deps);
  await ordered(turn, deps, { reminderId: id, order: { kind: 'delete' } });
  return done(change(words.removed, [[press(words.toList, 'reminder.list', '0')]]));
};

const asking =
  (awaited: 'reminder.text' | 'reminder.time'): PressHandler =>
  async (turn, [short = ''], deps) => {
    await reminderOf(turn, short, deps);
    const words = wordsOf(turn);
    return awaiting(say(awaited === 'reminder.text' ? words.askText : words.askTime), awaited, { id: short });
  };

const shortIn = ({ state }: Turn): string => {
  const { id } = state.data;
  return typeof id === 'string' ? id : '';
};

async function edited(turn: Turn, deps: DialogDeps, edit: Partial<ReminderDefinition>): Promise<Reaction> {
  const short = shortIn(turn);
  const reminder = await reminderOf(turn, short, deps);
  checkReminder({ ...reminder, ...edit }, { userZone: turn.talker.zone, nowMs: turn.nowMs });
  await ordered(turn, deps, { reminderId: reminder.id, order: { kind: 'edit', edit } });
  return done(reminderPage(turn, await reminderOf(turn, short, deps), say));
}

const onText: Handler<TextEvent> = async (turn, deps) => await edited(turn, deps, { text: turn.event.text.trim() });

/** A new time; whatever else is said with it is not the reminder's text. */
const onTime: Handler<TextEvent> = async (turn, deps) => {
  const { talker, nowMs, event } = turn;
  const answer = understand(event.text, { nowMs, zone: talker.zone, language: talker.speaks });
  const { start, rule } = isAsked(answer) ? answer.understood : answer;
  if (start === null) return say(wordsOf(turn).notMoment);
  return await edited(turn, deps, { start, rule, exdates: [], rdates: [] });
};

/** /reminders: all of them, and one with everything that can be done with it. */
export const remindersScreen: Screen = {
  commands: { reminders: async (turn, { em }) => await reminderList(turn, 0, { em, tell: say }) },
  presses: {
    'reminder.list': async (turn, [page], { em }) => done(await reminderList(turn, Number(page), { em, tell: change })),
    'reminder.open': onOpen,
    'reminder.pause': changing({ kind: 'pause' }),
    'reminder.resume': changing({ kind: 'resume' }),
    'reminder.skip-next': changing({ kind: 'skip', occurrence: null }),
    'reminder.edit-text': asking('reminder.text'),
    'reminder.edit-time': asking('reminder.time'),
    'reminder.delete': onDelete,
    'reminder.delete-yes': onDeleteYes,
  },
  awaited: { 'reminder.text': onText, 'reminder.time': onTime },
};
