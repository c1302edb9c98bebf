import { createReminder } from '../../client/reminders.ts';
import { admitReminder, readReminder } from '../../db/repositories/reminders-read.ts';
import { shortId } from '../../domain/agenda/button-data.ts';
import { momentWords } from '../../domain/agenda/moment-words.ts';
import { nextOccurrences } from '../../domain/agenda/recurrence.ts';
import { checkReminder, REMINDER_LIMITS } from '../../domain/agenda/reminder-check.ts';
import { reminderAt } from '../../domain/agenda/reminder.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, Screen, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, change, done, press, say, toast } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';
import { drafted, NOTHING_SAID, saidBefore, type Draft, type Drafted, type SaidBefore } from './draft.ts';
import { scheduleWords } from './schedule-words.ts';
import { welcome } from './welcome.ts';

const DATES_SHOWN = 3;

/** Repeats what was understood and asks whether to save it, or asks for what is missing. */
export function draftReminder(turn: Turn, said: string, before: SaidBefore = NOTHING_SAID): Reaction {
  const words = texts(turn.talker.speaks).remind;
  const most = REMINDER_LIMITS.textLength;
  if (said.length > most) return say(words.tooLong({ most }));
  return shown(turn, drafted(turn, said, before));
}

function shown(turn: Turn, outcome: Drafted): Reaction {
  const words = texts(turn.talker.speaks).remind;
  if ('draft' in outcome) return confirmation(turn, outcome.draft);
  const { asked, known } = outcome;
  const text = known.text ?? words.noText;
  const reaction = say(words.questions[asked.question]({ text, example: asked.example }));
  return awaiting(reaction, 'remind.more', { ...known });
}

/** @throws DomainError of a reminder that cannot be kept */
function confirmation({ talker, nowMs, updateId }: Turn, draft: Draft): Reaction {
  const { zone, speaks } = talker;
  const { remind: words, common } = texts(speaks);
  checkReminder(reminderAt(draft), { userZone: zone, nowMs });
  const dates = nextOccurrences(draft, zone, { afterMs: nowMs, count: DATES_SHOWN }).map(({ atMs }) =>
    words.date({ moment: momentWords(atMs, { zone, nowMs, language: speaks }) }),
  );
  const when = scheduleWords(draft, speaks);
  const guessed = draft.timeIsGuessed ? `${words.guessed}\n\n` : '';
  const id = shortId(updateId);
  const keyboard = [
    [press(words.save, 'remind.save', id)],
    [press(words.edit, 'remind.edit', id), press(common.cancel, 'remind.cancel', id)],
  ];
  const { text, start, rule } = draft;
  const question = guessed + words.understood({ text, when, dates: dates.join('\n') });
  return awaiting(say(question, keyboard), 'remind.confirm', { draft: id, phrase: null, text, start, rule });
}

/** A draft under whose buttons somebody pressed; null = another one is shown by now, or none. */
function draftOf({ state }: Turn, id: string): Pick<Draft, 'text' | 'start' | 'rule'> | null {
  const { text, start, rule } = saidBefore(state.data);
  if (state.data['draft'] !== id || text === null || start === null) return null;
  return { text, start, rule };
}

const reminderIdOf = (draftId: string): string => derivedId(draftId, 'reminder');

async function save(turn: Turn, draftId: string, deps: DialogDeps): Promise<Reaction> {
  const { talker, nowMs, event } = turn;
  const { userId, zone, speaks } = talker;
  const words = texts(speaks).remind;
  const draft = draftOf(turn, draftId);
  if (draft === null) return await isSaved(turn, draftId, deps);
  const reminder = reminderAt(draft);
  const reminderId = reminderIdOf(draftId);
  checkReminder(reminder, { userZone: zone, nowMs });
  if ((await readReminder(deps.em(), userId, reminderId)) === null) await admitReminder(deps.em(), userId);
  await createReminder(deps.client, { reminderId, userId }, { ...reminder, userId });
  const [next] = nextOccurrences(reminder, zone, { afterMs: nowMs, count: 1 });
  const said = words.saved({
    ...{ text: draft.text, when: scheduleWords(draft, speaks) },
    next: next === undefined ? '—' : momentWords(next.atMs, { zone, nowMs, language: speaks }),
  });
  const tell = event.kind === 'press' ? change : say;
  return done(tell(said, [[press(words.open, 'reminder.open', shortId(reminderId))]]));
}

/** The same button again, or one of an older draft. */
async function isSaved({ talker }: Turn, draftId: string, { em }: DialogDeps): Promise<Reaction> {
  const words = texts(talker.speaks).remind;
  const known = await readReminder(em(), talker.userId, reminderIdOf(draftId));
  return toast(known === null ? words.oldDraft : words.savedBefore);
}

const onSave: PressHandler = async (turn, [id = ''], deps) => await save(turn, id, deps);

const onEdit: PressHandler = async (turn, [id = ''], deps) => {
  if (draftOf(turn, id) === null) return await isSaved(turn, id, deps);
  return say(texts(turn.talker.speaks).remind.askEdit);
};

const onCancel: PressHandler = async (turn, [id = ''], deps) => {
  if (draftOf(turn, id) === null) return await isSaved(turn, id, deps);
  return done(change(texts(turn.talker.speaks).remind.notSaved));
};

const YES = /^(да|ага|угу|ок|окей|верно|сохрани|сохранить|yes|yep|ok|okay|sure|save)[.!]*$/iu;

/** «Да» saves; anything else corrects what was understood, or says something new. */
const onConfirmText: Handler<TextEvent> = async (turn, deps) => {
  const { text } = turn.event;
  const { draft } = turn.state.data;
  if (YES.test(text.trim()) && typeof draft === 'string') return await save(turn, draft, deps);
  return draftReminder(turn, text, saidBefore(turn.state.data));
};

const onMore: Handler<TextEvent> = (turn) => draftReminder(turn, turn.event.text, saidBefore(turn.state.data));

/** What somebody says whose clock is not known yet waits until it is. */
const onText: Handler<TextEvent> = (turn) =>
  turn.talker.isOnboarded ? draftReminder(turn, turn.event.text) : welcome(turn.talker, { phrase: turn.event.text });

/** /remind and whatever is simply said: a phrase becomes a reminder, once the person has agreed. */
export const remindScreen: Screen = {
  commands: {
    remind: (turn) => {
      const { talker, event } = turn;
      if (!talker.isOnboarded) return welcome(talker, event.args === '' ? {} : { phrase: event.args });
      if (event.args !== '') return draftReminder(turn, event.args);
      return awaiting(say(texts(talker.speaks).remind.ask), 'remind.more', { ...NOTHING_SAID });
    },
  },
  presses: { 'remind.save': onSave, 'remind.edit': onEdit, 'remind.cancel': onCancel },
  awaited: { 'remind.confirm': onConfirmText, 'remind.more': onMore },
  unasked: { text: onText },
};
