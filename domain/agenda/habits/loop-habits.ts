import { DomainError } from '../../shared/errors.ts';
import type { NamedRow } from './csv-text.ts';
import { dateOfDay, dayNumber } from './day-number.ts';
import type { DatedGoal, HabitGoal, HabitKind } from './habit-history.ts';
import {
  checkDefinition,
  checkPause,
  DEFAULT_DAY_START,
  tidyDefinition,
  type HabitDefinition,
  type HabitPause,
  type MicroGoal,
} from './habit.ts';
import { HABIT_COLOURS } from './picture-style.ts';
import type { PortableHabit } from './portable-habit.ts';

/** Columns of Loop Habit Tracker's `Habits.csv`, and after them those that only we have, which it ignores. */
export const HABIT_COLUMNS = [
  ...['Position', 'Name', 'Type', 'Question', 'Description', 'FrequencyNumerator', 'FrequencyDenominator', 'Color'],
  ...['Unit', 'Target Type', 'Target Value', 'Archived?'],
  ...[
    'Press Adds',
    'Prompt Times',
    'Day Start',
    'Rest Days',
    'Pauses',
    'Micro Goal',
    'Weekly Picture',
    'Earlier Goals',
  ],
] as const;

/** Loop numbers its folders and rows alike: `001`. */
export const positionOf = (place: number): string => String(place + 1).padStart(3, '0');

/** One row of `Habits.csv`. */
export function habitCells(habit: PortableHabit, place: number): string[] {
  const { definition, archived } = habit;
  const { kind, goal } = definition;
  const measured = kind !== 'yes-no';
  return [
    ...[positionOf(place), definition.name, measured ? 'NUMERICAL' : 'YES_NO'],
    ...[definition.question ?? '', definition.description ?? '', String(goal.times), String(goal.days)],
    ...[(HABIT_COLOURS[definition.colour] ?? HABIT_COLOURS[8]).toUpperCase(), definition.unit ?? ''],
    ...(measured ? [kind === 'at-least' ? 'AT_LEAST' : 'AT_MOST', String(goal.target)] : ['', '']),
    ...[String(archived), ...ownCells(habit)],
  ];
}

/** What Loop does not have. */
function ownCells({ definition, goals, pauses }: PortableHabit): string[] {
  const { microGoal, pressAdds } = definition;
  return [
    pressAdds === null ? '' : String(pressAdds),
    ...[definition.promptTimes.join(' '), definition.dayStart, definition.restDays.join(' ')],
    pauses.map(({ from, to }) => `${from}..${to ?? ''}`).join(' '),
    microGoal === null ? '' : [microGoal.goal, microGoal.step, microGoal.mark].join('/'),
    ...[String(definition.weeklyPicture), goalsCell(goals)],
  ];
}

/** `1/7/5 2026-03-01=2/7/5`: each goal from its day on; empty when there was but one. */
const goalsCell = (goals: readonly DatedGoal[]): string =>
  goals.length < 2 && goals[0]?.since === null
    ? ''
    : goals
        .map(
          ({ since, times, days, target }) =>
            `${since === null ? '' : `${dateOfDay(since)}=`}${times}/${days}/${target ?? ''}`,
        )
        .join(' ');

/** A habit without its days from a row of `Habits.csv`. @throws DomainError habit-invalid, time-invalid, pause-invalid */
export function habitFromRow(row: NamedRow): Omit<PortableHabit, 'entries'> {
  const definition = tidyDefinition(definitionFrom(row));
  checkDefinition(definition);
  const pauses = row
    .cell('Pauses')
    .split(' ')
    .flatMap((text) => pauseFrom(text));
  const goals = goalsFrom(row, definition);
  return { definition, goals, pauses, archived: row.cell('Archived?', 'Archived').toLowerCase() === 'true' };
}

/** A goal in the row itself that is another one than the last of the list has been changed by hand: it counts alone. */
function goalsFrom(row: NamedRow, definition: HabitDefinition): DatedGoal[] {
  const goals = row
    .cell('Earlier Goals')
    .split(' ')
    .flatMap((text) => goalFrom(text));
  for (const goal of goals) checkDefinition({ ...definition, goal, microGoal: null });
  const { times, days, target } = definition.goal;
  const last = goals.at(-1);
  const agrees = last?.times === times && last.days === days && last.target === target;
  return agrees ? goals : [{ since: null, ...definition.goal }];
}

function definitionFrom(row: NamedRow): HabitDefinition {
  const kind = kindFrom(row);
  const measured = kind !== 'yes-no';
  const goal: HabitGoal = {
    ...frequencyFrom(row, measured),
    target: measured ? numberFrom(row.cell('Target Value'), 'Target Value') : null,
  };
  const colour = HABIT_COLOURS.findIndex((known) => known === row.cell('Color', 'Colour').toLowerCase());
  return {
    ...{ name: row.cell('Name'), question: textOrNull(row.cell('Question')), kind, goal },
    ...{ description: textOrNull(row.cell('Description')), colour: colour === -1 ? 8 : colour },
    unit: measured ? textOrNull(row.cell('Unit')) : null,
    pressAdds: measured && row.cell('Press Adds') !== '' ? numberFrom(row.cell('Press Adds'), 'Press Adds') : null,
    promptTimes: wordsOf(row.cell('Prompt Times')),
    dayStart: row.cell('Day Start') === '' ? DEFAULT_DAY_START : row.cell('Day Start'),
    restDays: wordsOf(row.cell('Rest Days')).map((day) => numberFrom(day, 'Rest Days')),
    microGoal: microGoalFrom(row.cell('Micro Goal')),
    weeklyPicture: row.cell('Weekly Picture') === 'true',
  };
}

function kindFrom(row: NamedRow): HabitKind {
  const type = row.cell('Type').toUpperCase();
  if (type !== 'NUMERICAL' && type !== '1') return 'yes-no';
  const target = row.cell('Target Type').toUpperCase();
  return target === 'AT_MOST' || target === '1' ? 'at-most' : 'at-least';
}

/** Older exports name the columns otherwise; a frequency such as 7 in 7 days is every day. */
function frequencyFrom(row: NamedRow, measured: boolean): { readonly times: number; readonly days: number } {
  const times = numberFrom(row.cell('FrequencyNumerator', 'NumRepetitions') || '1', 'FrequencyNumerator');
  const days = numberFrom(row.cell('FrequencyDenominator', 'Interval') || '1', 'FrequencyDenominator');
  if (measured) return { times: 1, days };
  return times > days ? { times: days, days } : { times, days };
}

const textOrNull = (text: string): string | null => (text === '' ? null : text);
const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '');

function numberFrom(text: string, column: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new DomainError('habit-invalid', `${column}: «${text.slice(0, 40)}» is no number`);
  return value;
}

function microGoalFrom(text: string): MicroGoal | null {
  if (text === '') return null;
  const [goal = '', step = '', mark = ''] = text.split('/');
  return {
    goal: numberFrom(goal, 'Micro Goal'),
    step: numberFrom(step, 'Micro Goal'),
    mark: numberFrom(mark, 'Micro Goal'),
  };
}

function pauseFrom(text: string): HabitPause[] {
  if (text === '') return [];
  const [from = '', to = ''] = text.split('..');
  const pause = { from, to: textOrNull(to) };
  checkPause(pause);
  return [pause];
}

function goalFrom(text: string): DatedGoal[] {
  if (text === '') return [];
  const [since, figures] = text.includes('=') ? [text.slice(0, 10), text.slice(11)] : [null, text];
  const [times = '', days = '', target = ''] = figures.split('/');
  return [
    {
      since: since === null ? null : dayNumber(since),
      times: numberFrom(times, 'Earlier Goals'),
      days: numberFrom(days, 'Earlier Goals'),
      target: target === '' ? null : numberFrom(target, 'Earlier Goals'),
    },
  ];
}
