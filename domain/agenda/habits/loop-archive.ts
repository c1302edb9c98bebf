import { strFromU8, strToU8, unzipSync, zipSync, type Unzipped } from 'fflate';
import { DomainError } from '../../shared/errors.ts';
import { readNamedRows, writeCsv, type NamedRow } from './csv-text.ts';
import { dateOfDay, type DayNumber } from './day-number.ts';
import { historyOf } from './habit-statistics.ts';
import { strengthSeries, type StrengthSeries } from './habit-strength.ts';
import { HABIT_LIMITS } from './habit.ts';
import { impliedDays } from './implied-days.ts';
import { CHECKMARK_COLUMNS, entryCells, entryFromRow, IMPLIED, UNKNOWN, valueOf } from './loop-checkmarks.ts';
import { HABIT_COLUMNS, habitCells, habitFromRow, positionOf } from './loop-habits.ts';
import type { ImportProblem, PortableEntry, PortableHabit } from './portable-habit.ts';

export const ARCHIVE_LIMITS = {
  /** Of the zip itself. */
  bytes: 10_000_000,
  /** Of all that is read, unpacked. */
  unpackedBytes: 60_000_000,
  files: 1_000,
  /** Days of one habit: a hundred years. */
  entries: 36_600,
  problems: 200,
} as const;

/** Characters of a problem: what somebody else wrote may be long. */
const SHOWN = 200;

/** Everything in Loop Habit Tracker's shape: a zip of CSV files. */
export function writeLoopArchive(habits: readonly PortableHabit[], today: DayNumber): Uint8Array {
  const drawn = habits.map((habit) => drawnOf(habit, today));
  const folders = drawn.flatMap(({ habit, series, rows }, place) => {
    const folder = `${positionOf(place)} ${safeName(habit.definition.name)}`;
    const scores = daysDown(series.from, series.scores.length === 0 ? series.from - 1 : today).map((day) => [
      ...[dateOfDay(day), series.on(day).toFixed(4)],
    ]);
    return [
      [`${folder}/Checkmarks.csv`, writeCsv([CHECKMARK_COLUMNS, ...rows])],
      [`${folder}/Scores.csv`, writeCsv([['Date', 'Score'], ...scores])],
    ] as const;
  });
  const files = [
    ['Habits.csv', writeCsv([HABIT_COLUMNS, ...habits.map(habitCells)])],
    ['Checkmarks.csv', matrix(drawn, today, ({ values }, day) => values.get(day) ?? UNKNOWN)],
    ['Scores.csv', matrix(drawn, today, ({ series }, day) => series.on(day).toFixed(4))],
    ...folders,
  ] as const;
  return zipSync(Object.fromEntries(files.map(([name, text]) => [name, strToU8(text)])));
}

interface Drawn {
  readonly habit: PortableHabit;
  readonly series: StrengthSeries;
  readonly values: ReadonlyMap<DayNumber, string>;
  readonly rows: readonly string[][];
}

function drawnOf(habit: PortableHabit, today: DayNumber): Drawn {
  const { definition, goals, pauses, entries } = habit;
  const marks = new Map(entries.map(({ day, mark }) => [day, mark]));
  const history = historyOf({ kind: definition.kind, goals, restDays: definition.restDays, pauses }, marks);
  const implied = [...impliedDays(history)].filter((day) => day <= today && !marks.has(day));
  const values = new Map([
    ...implied.map((day) => [day, IMPLIED] as const),
    ...entries.map(({ day, mark }) => [day, valueOf(mark)] as const),
  ]);
  const rows = [
    ...implied.map((day): [DayNumber, string[]] => [day, [dateOfDay(day), IMPLIED, '']]),
    ...entries.map((entry): [DayNumber, string[]] => [entry.day, entryCells(entry)]),
  ].sort(([left], [right]) => right - left);
  return { habit, series: strengthSeries(history, today), values, rows: rows.map(([, cells]) => cells) };
}

const daysDown = (from: DayNumber, to: DayNumber): DayNumber[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, back) => to - back);

/** All habits side by side, one row a day, newest first. */
function matrix(drawn: readonly Drawn[], today: DayNumber, cell: (one: Drawn, day: DayNumber) => string): string {
  const known = drawn.filter(({ series }) => series.scores.length > 0);
  const from = Math.min(today, ...known.map(({ series }) => series.from));
  const days = known.length === 0 ? [] : daysDown(from, today);
  return writeCsv([
    ['Date', ...drawn.map(({ habit }) => habit.definition.name)],
    ...days.map((day) => [dateOfDay(day), ...drawn.map((one) => cell(one, day))]),
  ]);
}

const safeName = (name: string): string =>
  name
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .slice(0, 40) || 'Habit';

/** What was read, and what could not be. */
export interface ReadArchive {
  readonly habits: readonly PortableHabit[];
  readonly problems: readonly ImportProblem[];
}

/**
 * Reads a zip in Loop Habit Tracker's shape: good rows come in, bad ones are listed.
 * @throws DomainError file-too-large over 10 MB, archive-invalid for what is no such zip, or one that unpacks to far more
 */
export function readLoopArchive(zip: Uint8Array): ReadArchive {
  const files = unpacked(zip);
  const list = files['Habits.csv'];
  if (list === undefined)
    throw new DomainError('archive-invalid', 'there is no Habits.csv in it: export from Loop, «CSV»');
  const problems: ImportProblem[] = [];
  const note = (problem: ImportProblem): void => {
    const { file, line, message } = problem;
    if (problems.length < ARCHIVE_LIMITS.problems)
      problems.push({ file: file.slice(0, SHOWN), line, message: message.slice(0, SHOWN) });
  };
  const habits = readNamedRows(textOf(list)).flatMap((row, place) => {
    const habit = attempt(() => habitFromRow(row), { file: 'Habits.csv', line: row.line, note });
    if (habit === null) return [];
    if (place >= HABIT_LIMITS.habits) {
      note({ file: 'Habits.csv', line: row.line, message: `at most ${HABIT_LIMITS.habits} habits` });
      return [];
    }
    return [{ ...habit, entries: entriesOf(files, { row, habit, note }) }];
  });
  return { habits, problems };
}

/** Postgres holds no NUL. */
const textOf = (bytes: Uint8Array): string => strFromU8(bytes).replaceAll('\0', '');

type Note = (problem: ImportProblem) => void;

function attempt<T>(
  read: () => T,
  at: { readonly file: string; readonly line: number; readonly note: Note },
): T | null {
  try {
    return read();
  } catch (err) {
    if (!(err instanceof DomainError)) throw err;
    at.note({ file: at.file, line: at.line, message: err.message });
    return null;
  }
}

function entriesOf(
  files: Unzipped,
  { row, habit, note }: { readonly row: NamedRow; readonly habit: Omit<PortableHabit, 'entries'>; readonly note: Note },
): PortableEntry[] {
  const position = row.cell('Position').padStart(3, '0');
  const file = Object.keys(files).find((name) => name.startsWith(`${position} `) && name.endsWith('/Checkmarks.csv'));
  const bytes = file === undefined ? undefined : files[file];
  if (file === undefined || bytes === undefined) {
    note({ file: 'Habits.csv', line: row.line, message: `«${habit.definition.name}» has no Checkmarks.csv` });
    return [];
  }
  const byDay = new Map<DayNumber, PortableEntry>();
  for (const day of readNamedRows(textOf(bytes))) {
    const entry = attempt(() => entryFromRow(day, habit.definition.kind), { file, line: day.line, note });
    if (entry === null) continue;
    if (byDay.size >= ARCHIVE_LIMITS.entries) {
      note({ file, line: day.line, message: `at most ${ARCHIVE_LIMITS.entries} days` });
      break;
    }
    byDay.set(entry.day, entry);
  }
  return [...byDay.values()].sort((left, right) => left.day - right.day);
}

/** Only the files that are wanted, and never more than the limit, whatever the zip says of itself. */
function unpacked(zip: Uint8Array): Unzipped {
  if (zip.length > ARCHIVE_LIMITS.bytes)
    throw new DomainError('file-too-large', `a zip of ${zip.length} bytes, at most ${ARCHIVE_LIMITS.bytes}`);
  let bytes = 0;
  let files = 0;
  try {
    return unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (name !== 'Habits.csv' && !/^\d{3,} [^/]*\/Checkmarks\.csv$/.test(name)) return false;
        bytes += originalSize;
        files += 1;
        if (bytes > ARCHIVE_LIMITS.unpackedBytes || files > ARCHIVE_LIMITS.files)
          throw new DomainError('archive-invalid', 'the zip unpacks to more than it may');
        return true;
      },
    });
  } catch (err) {
    if (err instanceof DomainError) throw err;
    throw new DomainError('archive-invalid', 'this is no zip, or a damaged one', { cause: err });
  }
}
