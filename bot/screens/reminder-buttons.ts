import { readReminder } from '../../db/repositories/reminders-read.ts';
import type { ReminderChange } from '../../contracts/reminders.ts';
import { longId } from '../../domain/agenda/button-data.ts';
import { understandSnooze } from '../../domain/agenda/language/understand-snooze.ts';
import { momentWords } from '../../domain/agenda/moment-words.ts';
import { isSnooze, snoozedUntil } from '../../domain/agenda/snooze.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, done, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { ordered } from './reminders.ts';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).remind;

const idOf = (short: string): string => {
  const id = longId(short);
  if (id === null) throw new DomainError('reminder-not-found', 'there is no such reminder');
  return id;
};

/** The change itself changes the message; the button only gets a word. */
const marking =
  (kind: 'done' | 'undo-done' | 'skip', say: (turn: Turn) => string): PressHandler =>
  async (turn, [short = '', occurrence = ''], deps) => {
    const { changed } = await ordered(turn, deps, { reminderId: idOf(short), order: { kind, occurrence } });
    return toast(changed ? say(turn) : wordsOf(turn).unchanged);
  };

const MINUTES = { '10': 10, '60': 60, '180': 180 } as const;

const onSnooze: PressHandler = async (turn, [short = '', occurrence = '', snooze = ''], deps) => {
  const reminderId = idOf(short);
  if (snooze === 'other') return awaiting(say(wordsOf(turn).askSnooze), 'reminder.snooze', { id: short, occurrence });
  if (!isSnooze(snooze)) throw new DomainError('snooze-invalid', 'no such delay');
  if (snooze !== 'tomorrow' && snooze !== 'week')
    return await snoozed(turn, deps, { reminderId, order: { kind: 'snooze', occurrence, minutes: MINUTES[snooze] } });
  const zone = (await readReminder(deps.em(), turn.talker.userId, reminderId))?.zone ?? turn.talker.zone;
  const untilMs = snoozedUntil(snooze, { key: occurrence, zone, nowMs: turn.nowMs });
  return await snoozed(turn, deps, { reminderId, order: { kind: 'snooze', occurrence, untilMs } });
};

interface Order {
  readonly reminderId: string;
  readonly order: ReminderChange;
}

async function snoozed(turn: Turn, deps: DialogDeps, order: Order): Promise<Reaction> {
  const outcome = await ordered(turn, deps, order);
  const until = outcome.occurrence?.snoozedUntilMs ?? null;
  const words = wordsOf(turn);
  if (!outcome.changed || until === null) return toast(words.unchanged);
  const { zone, speaks } = turn.talker;
  return toast(words.snoozed({ moment: momentWords(until, { zone, nowMs: turn.nowMs, language: speaks }) }));
}

/** «через 40 минут», «в пятницу в 10»: whatever is said with it does not matter. */
const onSnoozeText: Handler<TextEvent> = async (turn, deps) => {
  const { talker, nowMs, event, state } = turn;
  const { id, occurrence } = state.data;
  if (typeof id !== 'string' || typeof occurrence !== 'string') return done(say(wordsOf(turn).notMoment));
  const clock = `${occurrence.slice(9, 11)}:${occurrence.slice(11, 13)}`;
  const hearing = { nowMs, zone: talker.zone, language: talker.speaks, clock };
  const answer = understandSnooze(event.text, hearing);
  if ('question' in answer) return say(wordsOf(turn).notMoment);
  const { toast: told = '' } = await snoozed(turn, deps, {
    ...{ reminderId: idOf(id), order: { kind: 'snooze', occurrence, untilMs: answer.atMs } },
  });
  return done(say(told));
};

/** Buttons under a reminder that has come. */
export const reminderButtonsScreen: Screen = {
  presses: {
    'reminder.done': marking('done', (turn) => wordsOf(turn).done),
    'reminder.undo': marking('undo-done', (turn) => wordsOf(turn).undone),
    'reminder.skip': marking('skip', (turn) => wordsOf(turn).skipped),
    'reminder.snooze': onSnooze,
  },
  awaited: { 'reminder.snooze': onSnoozeText },
};
