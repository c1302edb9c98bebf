import type { OccurrenceRow, ReminderRow } from '../../db/repositories/reminder-row.ts';
import { wallOfKey } from '../../domain/agenda/occurrence-key.ts';
import { nextOccurrences } from '../../domain/agenda/recurrence.ts';
import { instantOf } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { pastOf, rulesOf, zoneOf } from './reminder-past.ts';

/** The occurrence that a change is about: one that something happened to, or one that is still to come. @throws DomainError occurrence-not-found */
export function targetOf(row: ReminderRow, key: string): OccurrenceRow {
  const known = row.occurrences.find((occurrence) => occurrence.key === key);
  if (known !== undefined) return known;
  const atMs = instantOf(wallOfKey(key), zoneOf(row));
  const around = nextOccurrences(rulesOf(row).recurrence, zoneOf(row), { afterMs: atMs - 1, count: 2 });
  const found = around.find((occurrence) => occurrence.key === key);
  if (found === undefined) throw unknown(`there is no occurrence «${key}»`);
  return untouched(key, found.atMs);
}

/** The occurrence that was told last, or is snoozed, and is not done; else the next one. @throws DomainError occurrence-not-found */
export function latestOf(row: ReminderRow): OccurrenceRow {
  const open = row.occurrences.filter(
    ({ state, toldAtMs }) => state === 'snoozed' || (state === 'sent' && toldAtMs !== null),
  );
  const [latest] = open.sort((a, b) => (b.toldAtMs ?? 0) - (a.toldAtMs ?? 0));
  return latest ?? upcomingOf(row);
}

/** More than that in a row are never skipped or done beforehand. */
const AHEAD = 50;

/** The next occurrence of the series that nobody has decided about. @throws DomainError occurrence-not-found */
export function upcomingOf(row: ReminderRow): OccurrenceRow {
  const { handledToMs } = pastOf(row);
  const next = nextOccurrences(rulesOf(row).recurrence, zoneOf(row), { afterMs: handledToMs, count: AHEAD });
  for (const { key, atMs } of next) {
    const known = row.occurrences.find((occurrence) => occurrence.key === key);
    if (known === undefined || known.state === 'sent') return known ?? untouched(key, atMs);
  }
  throw unknown('this reminder has nothing to come');
}

const untouched = (key: string, dueAtMs: number): OccurrenceRow => ({
  ...{ key, state: 'sent', dueAtMs, handledMinutes: [], toldAtMs: null },
  ...{ snoozedUntilMs: null, nags: 0, messages: [], doneAtMs: null },
});

const unknown = (message: string): DomainError => new DomainError('occurrence-not-found', message);
