import { DomainError } from '../../shared/errors.ts';
import type { NamedRow } from './csv-text.ts';
import { dateOfDay, dayNumber } from './day-number.ts';
import { THOUSANDTHS, type DayMark, type HabitKind } from './habit-history.ts';
import { HABIT_LIMITS } from './habit.ts';
import type { PortableEntry } from './portable-habit.ts';

/** Columns of a habit's own `Checkmarks.csv`. */
export const CHECKMARK_COLUMNS = ['Date', 'Value', 'Notes'] as const;

const WORDS = { done: 'YES_MANUAL', skip: 'SKIP', no: 'NO' } as const;
export const IMPLIED = 'YES_AUTO';
export const UNKNOWN = 'UNKNOWN';
/** What older exports write. */
const NUMBERS: ReadonlyMap<string, DayMark | null> = new Map([
  ['2', 'done'],
  ['3', 'skip'],
  ['0', 'no'],
  ['1', null],
  ['-1', null],
]);

/** A mark as Loop writes it: amounts in thousandths. */
export function valueOf(mark: DayMark): string {
  if (typeof mark !== 'number') return WORDS[mark];
  const thousandths = Math.round(mark * THOUSANDTHS);
  // A bare 3 is a skipped day in Loop.
  return thousandths === 3 ? '3.0' : String(thousandths);
}

/** One row of a habit's `Checkmarks.csv`. */
export const entryCells = ({ day, mark, note }: PortableEntry): string[] => [dateOfDay(day), valueOf(mark), note ?? ''];

/** A day from a row of `Checkmarks.csv`; null = it says that nothing is known. @throws DomainError time-invalid, amount-invalid */
export function entryFromRow(row: NamedRow, kind: HabitKind): PortableEntry | null {
  const day = dayNumber(row.cell('Date'));
  const mark = markFrom(row.cell('Value').trim(), kind);
  const note = row.cell('Notes').slice(0, 1_000);
  return mark === null ? null : { day, mark, note: note === '' ? null : note };
}

function markFrom(value: string, kind: HabitKind): DayMark | null {
  const word = value.toUpperCase();
  if (word === IMPLIED || word === UNKNOWN) return null;
  if (word === WORDS.skip) return 'skip';
  if (word === WORDS.no) return 'no';
  if (kind === 'yes-no') {
    if (word === WORDS.done) return 'done';
    const known = NUMBERS.get(value);
    if (known !== undefined) return known;
    throw unreadable(value);
  }
  if (value === '3') return 'skip';
  if (value === '-1') return null;
  return amountFrom(value);
}

function amountFrom(value: string): number {
  const thousandths = Number(value);
  if (!/^\d{1,13}(\.0+)?$/.test(value) || thousandths > HABIT_LIMITS.amount * THOUSANDTHS) throw unreadable(value);
  return thousandths / THOUSANDTHS;
}

const unreadable = (value: string): DomainError =>
  new DomainError('amount-invalid', `«${value.slice(0, 40)}» is no value of a day`);
