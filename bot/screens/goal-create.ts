import { createGoal } from '../../client/goals.ts';
import { checkOccasion, nextOccasion, occasionIn, type OccasionDate } from '../../domain/agenda/people/occasion.ts';
import { readDay } from '../../domain/agenda/people/read-day.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { shortId } from '../../domain/agenda/button-data.ts';
import { derivedId } from '../dialog/derived-id.ts';
import type { DialogDeps, Handler, PressHandler, Reaction, TextEvent, Turn } from '../dialog/dialog.ts';
import { awaiting, done, press, say } from '../dialog/reactions.ts';
import { texts } from '../texts/texts.ts';

const LONGEST = 300;
const wordsOf = ({ talker }: Turn) => texts(talker.speaks).goals;

/** What is to be reached is there: how it is measured is asked. */
export const onTitle: Handler<TextEvent> = (turn) => {
  const words = wordsOf(turn);
  const title = turn.event.text.replaceAll(/\s+/g, ' ').trim();
  if (title === '') return say(words.askTitle);
  if (title.length > LONGEST) return say(words.tooLong);
  return awaiting(say(words.askTarget, [[press(words.inPercent, 'goals.percent')]]), 'goals.target', { title });
};

const askDue = (turn: Turn, target: number, unit: string | null): Reaction => {
  const words = wordsOf(turn);
  return awaiting(say(words.askDue, [[press(words.noDue, 'goals.no-due')]]), 'goals.due', {
    ...turn.state.data,
    ...{ target, unit },
  });
};

export const onPercent: PressHandler = (turn) => askDue(turn, 100, null);

/** `100 km`. */
export const onTarget: Handler<TextEvent> = (turn) => {
  const [, amount, unit = ''] = /^\s*(\d{1,12}(?:[.,]\d{1,3})?)\s*(.{0,30})$/u.exec(turn.event.text) ?? [];
  const target = Number((amount ?? '0').replace(',', '.'));
  const isPercent = unit.trim() === '' || unit.trim() === '%';
  return target > 0 ? askDue(turn, target, isPercent ? null : unit.trim()) : say(wordsOf(turn).notTarget);
};

export const onNoDue: PressHandler = async (turn, _args, deps) => await begin(turn, deps, null);

export const onDue: Handler<TextEvent> = async (turn, deps) => {
  const words = wordsOf(turn);
  const day = readDay(turn.event.text);
  const today = dateOf(turn.nowMs, turn.talker.zone);
  const date = day === null ? null : dateIn(day, today);
  if (date === null) return say(words.notDate);
  return date <= today ? say(words.pastDate) : await begin(turn, deps, date);
};

/** Without a year the next one is meant. null = there is no such day. */
function dateIn(day: OccasionDate, today: string): string | null {
  try {
    checkOccasion(day, []);
    return day.year === null ? nextOccasion(day, today) : occasionIn(day, day.year);
  } catch (err) {
    if (err instanceof DomainError) return null;
    throw err;
  }
}

async function begin(turn: Turn, { client }: DialogDeps, dueDate: string | null): Promise<Reaction> {
  const words = wordsOf(turn);
  const { title, target, unit } = turn.state.data;
  if (typeof title !== 'string' || typeof target !== 'number') return done(say(words.gone));
  const id = derivedId(turn.updateId, 'goal');
  await createGoal(client, id, {
    ...{ userId: turn.talker.userId, title, why: '', unit: typeof unit === 'string' ? unit : null, target, dueDate },
    ...{ checkInOn: 7, checkInAt: '18:00', milestones: [] },
  });
  const short = shortId(id);
  return done(
    say(words.saved({ title }), [[press(words.milestone, 'goal.milestone', short), press(words.back, 'goals.list')]]),
  );
}
