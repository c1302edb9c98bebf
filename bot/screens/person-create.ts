import { createOccasion } from '../../client/occasions.ts';
import { addPerson, type PersonRow } from '../../db/repositories/people.ts';
import {
  checkOccasion,
  USUAL_LEAD_DAYS,
  type OccasionDate,
  type OccasionKind,
} from '../../domain/agenda/people/occasion.ts';
import { readDay } from '../../domain/agenda/people/read-day.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const LONGEST = 200;
const AT = '10:00';

const wordsOf = ({ talker }: Turn) => texts(talker.speaks).people;

/** The name is there: the day is asked. */
export const onName: Handler<TextEvent> = (turn) => {
  const words = wordsOf(turn);
  const name = turn.event.text.replaceAll(/\s+/g, ' ').trim();
  if (name === '') return say(words.askName);
  if (name.length > LONGEST) return say(words.tooLong);
  return awaiting(say(words.askDay({ name }), [[press(words.noDay, 'people.no-day')]]), 'people.day', { name });
};

/** Somebody whose day nobody knows. */
export const onNoDay: PressHandler = async (turn, _args, deps) => {
  const { name } = turn.state.data;
  if (typeof name !== 'string') return done(say(wordsOf(turn).gone));
  await person(turn, deps, { name, birthYear: null });
  return done(say(wordsOf(turn).savedAlone({ name })));
};

/** The day is there: the person and the occasion are kept. */
export const onDay: Handler<TextEvent> = async (turn, deps) => {
  const words = wordsOf(turn);
  const { name, personId, title } = turn.state.data;
  const day = readDay(turn.event.text);
  if (day === null) return say(words.notDay);
  if (!exists(day)) return say(words.noSuchDay);
  if (typeof name !== 'string') return done(say(words.gone));
  const isNew = typeof personId !== 'string';
  const id = isNew ? await person(turn, deps, { name, birthYear: day.year }) : personId;
  const kind: OccasionKind = isNew ? 'birthday' : 'other';
  await createOccasion(deps.client, derivedId(turn.updateId, 'occasion'), {
    ...{ userId: turn.talker.userId, personId: id, kind, title: typeof title === 'string' ? title : null },
    ...{ ...day, leadDays: USUAL_LEAD_DAYS, at: AT },
  });
  return done(say(words.saved({ name })));
};

/** Another day of somebody who is known: what it is, then when. */
export const addDay = (turn: Turn, { id, name }: PersonRow): Reaction =>
  awaiting(say(wordsOf(turn).askTitle), 'person.title', { personId: id, name });

/** What day it is is there: when it is is asked. */
export const onTitle: Handler<TextEvent> = (turn) => {
  const words = wordsOf(turn);
  const title = turn.event.text.replaceAll(/\s+/g, ' ').trim();
  if (title === '' || title.length > LONGEST) return say(title === '' ? words.askTitle : words.tooLong);
  return awaiting(say(words.askTitleDay({ title })), 'people.day', { ...turn.state.data, title });
};

async function person(
  turn: Turn,
  { em }: DialogDeps,
  known: { readonly name: string; readonly birthYear: number | null },
): Promise<string> {
  const id = derivedId(turn.updateId, 'person');
  await addPerson(
    em(),
    { userId: turn.talker.userId, id },
    {
      ...{ ...known, relation: null, interests: [], limits: [], notes: '' },
      ...{ budgetMinor: null, budgetCurrency: null, language: null },
    },
  );
  return id;
}

function exists(day: OccasionDate): boolean {
  try {
    checkOccasion(day, []);
    return true;
  } catch (err) {
    if (err instanceof DomainError) return false;
    throw err;
  }
}
