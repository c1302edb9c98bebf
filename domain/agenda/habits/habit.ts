import { DomainError } from '../../shared/errors.ts';
import type { WallDate } from '../zoned-time.ts';
import { dayNumber, type DayNumber } from './day-number.ts';
import type { DatedGoal, HabitGoal, HabitKind } from './habit-history.ts';

/** From the first day to the last one, both included; `to` null = until it is taken up again. */
export interface HabitPause {
  readonly from: WallDate;
  readonly to: WallDate | null;
}

/** A small first step that grows, by agreement, until `goal` is reached. */
export interface MicroGoal {
  /** Of a measured habit units, of a yes/no habit times in its `days`. */
  readonly goal: number;
  /** What is added (of a habit «at most»: taken away) at a time, > 0. */
  readonly step: number;
  /** Strength from which a step is proposed, 0..1. */
  readonly mark: number;
}

/** What a person may set of a habit. */
export interface HabitDefinition {
  readonly name: string;
  /** Asked by the prompts; null = the name alone. */
  readonly question: string | null;
  readonly description: string | null;
  readonly kind: HabitKind;
  readonly goal: HabitGoal;
  /** Of a measured habit, e.g. `km`; null for a yes/no habit. */
  readonly unit: string | null;
  /** What one press adds, units; null for a yes/no habit. */
  readonly pressAdds: number | null;
  /** `HH:MM` in the user's zone, ascending. */
  readonly promptTimes: readonly string[];
  /** `HH:MM`: until then it is still yesterday. */
  readonly dayStart: string;
  /** Weekdays on which nothing is due, 1 = Monday … 7 = Sunday, ascending. */
  readonly restDays: readonly number[];
  readonly microGoal: MicroGoal | null;
  /** The heat map comes on Sunday evenings. */
  readonly weeklyPicture: boolean;
  /** 0..19, as Loop numbers its colours. */
  readonly colour: number;
}

/** A change of a definition: what is absent stays. The kind of a habit is for good. */
export type HabitPatch = { readonly [F in Exclude<keyof HabitDefinition, 'kind'>]?: HabitDefinition[F] | undefined };

/** A habit as it stands. */
export interface Habit extends Omit<HabitDefinition, 'goal'> {
  readonly id: string;
  readonly userId: string;
  /** Oldest first; the last one counts now. */
  readonly goals: readonly DatedGoal[];
  readonly pauses: readonly HabitPause[];
  readonly position: number;
  readonly archived: boolean;
}

export const DEFAULT_DAY_START = '04:00';
/** Strength from which the next step of a micro-goal is proposed. */
export const DEFAULT_MARK = 0.8;

export const HABIT_LIMITS = {
  nameChars: 100,
  textChars: 500,
  unitChars: 20,
  prompts: 8,
  days: 366,
  amount: 1_000_000_000,
  colours: 20,
  pauses: 200,
  /** Of one person, archived ones too. */
  habits: 200,
} as const;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A definition that cannot be right. @throws DomainError habit-invalid naming what is wrong */
export function checkDefinition(habit: HabitDefinition): void {
  const wrong = [...textProblems(habit), ...goalProblems(habit), ...timeProblems(habit), ...stepProblems(habit)];
  if (wrong.length > 0) throw new DomainError('habit-invalid', wrong.join('; '));
}

function textProblems({ name, question, description, unit, kind, colour }: HabitDefinition): string[] {
  const limits = HABIT_LIMITS;
  const rules: readonly (readonly [boolean, string])[] = [
    [name.trim() === '' || name.length > limits.nameChars, `name: 1 to ${limits.nameChars} characters`],
    [(question?.length ?? 0) > limits.textChars, `question: at most ${limits.textChars} characters`],
    [(description?.length ?? 0) > limits.textChars, `description: at most ${limits.textChars} characters`],
    [(unit?.length ?? 0) > limits.unitChars, `unit: at most ${limits.unitChars} characters`],
    [kind === 'yes-no' && unit !== null, 'unit: a yes/no habit has none'],
    [!isWhole(colour, 0, limits.colours - 1), `colour: 0 to ${limits.colours - 1}`],
  ];
  return broken(rules);
}

function goalProblems({ kind, goal, pressAdds }: HabitDefinition): string[] {
  const { times, days, target } = goal;
  const measured = kind !== 'yes-no';
  const rules: readonly (readonly [boolean, string])[] = [
    [!isWhole(days, 1, HABIT_LIMITS.days), `goal.days: 1 to ${HABIT_LIMITS.days}`],
    [!isWhole(times, 1, measured ? 1 : days), measured ? 'goal.times: 1' : 'goal.times: 1 to goal.days'],
    [!measured && target !== null, 'goal.target: a yes/no habit has none'],
    [measured && !isAmount(target), 'goal.target: a number from 0 with at most three decimals'],
    [kind === 'at-least' && target === 0, 'goal.target: more than 0'],
    [!measured && pressAdds !== null, 'pressAdds: a yes/no habit has none'],
    [pressAdds !== null && (!isAmount(pressAdds) || pressAdds === 0), 'pressAdds: a number above 0'],
  ];
  return broken(rules);
}

function timeProblems({ promptTimes, dayStart, restDays }: HabitDefinition): string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [promptTimes.length > HABIT_LIMITS.prompts, `promptTimes: at most ${HABIT_LIMITS.prompts} a day`],
    [!promptTimes.every((time) => TIME.test(time)), 'promptTimes: HH:MM each'],
    [!TIME.test(dayStart) || dayStart > '12:00', 'dayStart: HH:MM up to 12:00'],
    [!restDays.every((day) => isWhole(day, 1, 7)), 'restDays: 1 (Monday) to 7 (Sunday)'],
    [new Set(restDays).size > 6, 'restDays: one day at least must be left'],
  ];
  return broken(rules);
}

function stepProblems({ kind, goal, microGoal }: HabitDefinition): string[] {
  if (microGoal === null) return [];
  const now = kind === 'yes-no' ? goal.times : (goal.target ?? 0);
  const beyond = kind === 'at-most' ? microGoal.goal >= now : microGoal.goal <= now;
  const whole = kind !== 'yes-no' || (isWhole(microGoal.goal, 1, goal.days) && Number.isInteger(microGoal.step));
  const rules: readonly (readonly [boolean, string])[] = [
    [beyond, 'microGoal.goal: beyond the goal of now'],
    [!whole, 'microGoal: whole times, at most goal.days'],
    [!isAmount(microGoal.goal) || !isAmount(microGoal.step) || microGoal.step === 0, 'microGoal.step: above 0'],
    [!(microGoal.mark > 0 && microGoal.mark <= 1), 'microGoal.mark: above 0, at most 1'],
  ];
  return broken(rules);
}

const broken = (rules: readonly (readonly [boolean, string])[]): string[] =>
  rules.flatMap(([isBroken, rule]) => (isBroken ? [rule] : []));
const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** Whether a number can be an amount: 0 to a thousand million, at most three decimals. */
export const isAmount = (value: number | null): value is number =>
  value !== null &&
  value >= 0 &&
  value <= HABIT_LIMITS.amount &&
  Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-3;

/** In one order and without doubles, as it is stored. */
export function tidyDefinition(habit: HabitDefinition): HabitDefinition {
  return {
    ...habit,
    name: habit.name.trim(),
    promptTimes: [...new Set(habit.promptTimes)].sort(),
    restDays: [...new Set(habit.restDays)].sort((left, right) => left - right),
  };
}

/** A pause that can be. @throws DomainError time-invalid, pause-invalid */
export function checkPause({ from, to }: HabitPause): void {
  const begins = dayNumber(from);
  if (to !== null && dayNumber(to) < begins)
    throw new DomainError('pause-invalid', `the pause ends on ${to}, before it begins on ${from}`);
}

/** What is frozen: rest days and pauses, by day. */
export function freezes({ restDays, pauses }: Pick<Habit, 'restDays' | 'pauses'>): (day: DayNumber) => boolean {
  const rests = new Set(restDays);
  const spans = pauses.map(({ from, to }) => [dayNumber(from), to === null ? Infinity : dayNumber(to)] as const);
  return (day) =>
    (rests.size > 0 && rests.has(((((day + 3) % 7) + 7) % 7) + 1)) ||
    spans.some(([from, to]) => from <= day && day <= to);
}

/** The goals once another one counts from a day on; what was before is judged as it was agreed then. */
export function withGoal(goals: readonly DatedGoal[], goal: HabitGoal, since: DayNumber): DatedGoal[] {
  const earlier = goals.filter((kept) => kept.since === null || kept.since < since);
  const last = earlier.at(-1);
  const same = last?.times === goal.times && last.days === goal.days && last.target === goal.target;
  return same ? earlier : [...earlier, { ...goal, since }];
}

/** The definition as it stands now. @throws Error for a habit without goals */
export function definitionOf(habit: Habit): HabitDefinition {
  const goal = habit.goals.at(-1);
  if (goal === undefined) throw new Error(`habit ${habit.id} has no goal`);
  const { name, question, description, kind, unit, pressAdds } = habit;
  const { promptTimes, dayStart, restDays, microGoal, weeklyPicture, colour } = habit;
  return {
    ...{ name, question, description, kind, unit, pressAdds, promptTimes, dayStart, restDays, microGoal },
    ...{ weeklyPicture, colour, goal: { times: goal.times, days: goal.days, target: goal.target } },
  };
}
