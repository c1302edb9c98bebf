import type { SqlEntityManager } from '@mikro-orm/sql';
import type { HabitChange } from '../../contracts/habits.ts';
import { putEntries, readMarksOf, removeEntry } from '../../db/repositories/habit-entries.ts';
import { removeHabit, type HabitRow } from '../../db/repositories/habits.ts';
import { dateOfDay, dayNumber } from '../../domain/agenda/habits/day-number.ts';
import type { DayMark } from '../../domain/agenda/habits/habit-history.ts';
import { aimOf, nextStep } from '../../domain/agenda/habits/micro-goal.ts';
import {
  checkDefinition,
  checkPause,
  definitionOf,
  HABIT_LIMITS,
  isAmount,
  tidyDefinition,
  withGoal,
  type HabitPatch,
  type HabitPause,
} from '../../domain/agenda/habits/habit.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';

/** What a change made of a habit. */
export interface MadeChange {
  /** null = the habit is forgotten. */
  readonly habit: HabitRow | null;
  readonly changed: boolean;
  /** Whose messages show something else now, `YYYY-MM-DD`; null = none. */
  readonly day: string | null;
}

interface Moment {
  readonly nowMs: number;
}

/** Makes a change in the caller's transaction; the habit is locked, and stored by the caller. */
export async function makeChange(
  em: SqlEntityManager,
  habit: HabitRow,
  { change, nowMs }: Moment & { readonly change: HabitChange },
): Promise<MadeChange> {
  const today = dateOf(nowMs, habit.zone, habit.dayStart);
  switch (change.kind) {
    case 'mark':
      return await mark(em, habit, { ...change, today });
    case 'define':
      return await define(em, habit, { patch: change.patch, today });
    case 'pause':
      return standing(habit, pauseFrom(habit, { from: change.from, to: change.to }), today);
    case 'resume':
      return standing(habit, resumeOn(habit, today), today);
    case 'raise':
      return raise(habit, { ...change, today });
    case 'archive':
    case 'restore': {
      const archived = change.kind === 'archive';
      return standing(habit, { ...habit, archived }, today);
    }
    case 'delete':
      await removeHabit(em, habit.id);
      return { habit: null, changed: true, day: null };
  }
}

const standing = (before: HabitRow, habit: HabitRow, day: string): MadeChange => ({
  habit,
  changed: JSON.stringify(before) !== JSON.stringify(habit),
  day,
});

interface Marking {
  readonly day: string;
  readonly mark: DayMark | null;
  readonly expected?: number | null;
  readonly note?: string;
  readonly today: string;
}

async function mark(em: SqlEntityManager, habit: HabitRow, given: Marking): Promise<MadeChange> {
  const day = dayOf(given);
  checkMark(habit, given.mark);
  const known = (await readMarksOf(em, habit.id)).get(day) ?? null;
  const amount = typeof known === 'number' ? known : null;
  const isOld = given.expected !== undefined && given.expected !== amount;
  const isKnown = known === given.mark && given.note === undefined;
  if (isOld || isKnown) return { habit, changed: false, day: given.day };
  if (given.mark === null) await removeEntry(em, habit.id, day);
  else await putEntries(em, habit.id, [{ day, mark: given.mark, note: given.note ?? null }]);
  return { habit, changed: true, day: given.day };
}

function dayOf({ day, today }: Marking): number {
  if (day > today || day < '1971-01-01')
    throw new DomainError('day-invalid', `${day} has not come yet: today is ${today} for this habit`);
  return dayNumber(day);
}

function checkMark({ kind }: HabitRow, given: DayMark | null): void {
  const fits = kind === 'yes-no' ? typeof given !== 'number' : given !== 'done';
  if (!fits || (typeof given === 'number' && !isAmount(given)))
    throw new DomainError(
      'amount-invalid',
      kind === 'yes-no'
        ? 'a yes/no habit takes done, no or skip'
        : `an amount from 0 to ${HABIT_LIMITS.amount} with at most three decimals`,
    );
}

async function define(
  em: SqlEntityManager,
  habit: HabitRow,
  { patch, today }: { readonly patch: HabitPatch; readonly today: string },
): Promise<MadeChange> {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const definition = tidyDefinition({ ...definitionOf(habit), ...given });
  checkDefinition(definition);
  const { goal, ...rest } = definition;
  const isNew = (await readMarksOf(em, habit.id)).size === 0;
  const goals = isNew ? [{ since: null, ...goal }] : withGoal(habit.goals, goal, dayNumber(today));
  return standing(habit, { ...habit, ...rest, goals }, today);
}

/** One pause more; those that it touches or covers become one with it. */
function pauseFrom(habit: HabitRow, pause: HabitPause): HabitRow {
  checkPause(pause);
  const end = (to: string | null): string => to ?? '9999-12-31';
  const apart = habit.pauses.filter(({ from, to }) => end(to) < pause.from || from > end(pause.to));
  const touched = habit.pauses.filter((kept) => !apart.includes(kept));
  const from = [pause.from, ...touched.map((kept) => kept.from)].sort()[0] ?? pause.from;
  const last = [pause.to, ...touched.map(({ to }) => to)].map(end).sort().at(-1);
  const to = last === undefined || last === '9999-12-31' ? null : last;
  const pauses = [...apart, { from, to }].sort((left, right) => left.from.localeCompare(right.from));
  if (pauses.length > HABIT_LIMITS.pauses)
    throw new DomainError('pause-invalid', `at most ${HABIT_LIMITS.pauses} pauses of one habit`);
  return { ...habit, pauses };
}

/** Pauses end yesterday; those that begin today or later are forgotten. */
function resumeOn(habit: HabitRow, today: string): HabitRow {
  const yesterday = dateOfDay(dayNumber(today) - 1);
  const begun = habit.pauses.filter(({ from }) => from < today);
  return { ...habit, pauses: begun.map(({ from, to }) => ({ from, to: to === null || to >= today ? yesterday : to })) };
}

/** Only the step that was proposed, and once. */
function raise(
  habit: HabitRow,
  { aim, agreed, today }: { readonly aim: number; readonly agreed: boolean; readonly today: string },
): MadeChange {
  const next = nextStep(habit);
  const offered = { ...habit, raiseOfferedOn: dayNumber(today) };
  if (!agreed || next === null || aimOf(habit.kind, next) !== aim) return { habit: offered, changed: false, day: null };
  const goals = withGoal(habit.goals, next, dayNumber(today));
  const done = habit.microGoal?.goal === aim;
  return { habit: { ...offered, goals, microGoal: done ? null : habit.microGoal }, changed: true, day: today };
}
