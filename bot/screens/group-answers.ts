import { changeGroupEvent } from '../../client/groups.ts';
import { listAnswers, readGroupEvent, type SeenEvent } from '../../db/repositories/group-events.ts';
import { longId, shortId } from '../../domain/agenda/button-data.ts';
import { eventOccurrences, occurrenceOf } from '../../domain/agenda/groups/event-moments.ts';
import { answerKeyboard, eventCard } from '../../domain/agenda/groups/group-notice.ts';
import { GROUP_ANSWERS } from '../../domain/agenda/groups/group.ts';
import type { Occurrence } from '../../domain/agenda/recurrence.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { DialogDeps, PressHandler, Reaction, Turn } from '../dialog/dialog.ts';
import { change, press, toast } from '../dialog/reactions.ts';
import { groupWords } from './group-page.ts';

async function eventPage(
  turn: Turn,
  { event, occurrence }: { readonly event: SeenEvent; readonly occurrence: Occurrence },
  { em }: DialogDeps,
): Promise<Reaction> {
  const words = groupWords(turn);
  const { userId, zone, speaks: language } = turn.talker;
  const { id, title, description, groupName: group, groupId } = event;
  const { key, atMs } = occurrence;
  const answers = await listAnswers(em(), { eventId: id, key });
  const mine = answers.find((answer) => answer.userId === userId)?.answer ?? null;
  const count = (kind: (typeof GROUP_ANSWERS)[number]): number =>
    answers.filter(({ answer }) => answer === kind).length;
  const card = eventCard({ id, title, description, group }, atMs, { zone, language, nowMs: turn.nowMs });
  const counts = words.counts({ going: count('going'), maybe: count('maybe'), not: count('not') });
  const keyboard = answerKeyboard({ eventId: id, key, language }, mine);
  return change(`${card}\n\n${counts}`, [...keyboard, [press(words.toGroup, 'groups.open', shortId(groupId))]]);
}

async function eventOf(turn: Turn, short: string, { em }: DialogDeps): Promise<SeenEvent | null> {
  const eventId = longId(short);
  return eventId === null ? null : await readGroupEvent(em(), turn.talker.userId, eventId);
}

/** The next occurrence of an event, and who comes. */
export const onEvent: PressHandler = async (turn, [short = ''], deps) => {
  const event = await eventOf(turn, short, deps);
  if (event === null) return toast(groupWords(turn).gone);
  const [occurrence] = eventOccurrences(event, turn.nowMs, 1);
  return occurrence === undefined ? toast(groupWords(turn).over) : await eventPage(turn, { event, occurrence }, deps);
};

/** An answer under a notice or on the page of an event; the same again changes nothing. */
export const onAnswer: PressHandler = async (turn, [short = '', key = '', said = ''], deps) => {
  const words = groupWords(turn);
  const event = await eventOf(turn, short, deps);
  const answer = GROUP_ANSWERS.find((one) => one === said);
  const occurrence = event === null ? null : occurrenceAt(event, key);
  if (event === null || answer === undefined || occurrence === null) return toast(words.gone);
  const ref = { eventId: event.id, userId: turn.talker.userId };
  const asked = { change: { kind: 'answer', occurrence: key, answer }, requestId: turn.updateId } as const;
  const { changed } = await changeGroupEvent(deps.client, ref, asked);
  const page = await eventPage(turn, { event, occurrence }, deps);
  return { ...page, toast: changed ? words.answered : words.sameAnswer };
};

/** null = a key that is none, or of a time that the event no longer has. */
function occurrenceAt(event: SeenEvent, key: string): Occurrence | null {
  try {
    return occurrenceOf(event, key);
  } catch (err) {
    if (err instanceof DomainError) return null;
    throw err;
  }
}
