import type { ReminderChange } from '../../contracts/reminders.ts';
import type { OccurrenceRow, ReminderRow } from '../../db/repositories/reminder-row.ts';
import { checkReminder } from '../../domain/agenda/reminder-check.ts';
import type { ReminderDefinition } from '../../domain/agenda/reminder.ts';
import { checkSnooze } from '../../domain/agenda/snooze.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { pastOf, zoneOf } from './reminder-past.ts';
import { latestOf, targetOf, upcomingOf } from './reminder-target.ts';

/** The reminder as a change leaves it; what is not given stays. */
export interface Turned {
  /** False = it was so before. */
  readonly changed: boolean;
  readonly row: ReminderRow;
  /** Which of its occurrences the change was about. */
  readonly about: OccurrenceRow | null;
  readonly definition?: ReminderDefinition;
}

/** Makes a change on paper. @throws DomainError reminder-not-found, occurrence-not-found, snooze-invalid, or what is wrong with an edit */
export function turnReminder(row: ReminderRow, change: ReminderChange, nowMs: number): Turned {
  refuseDeleted(row, change);
  switch (change.kind) {
    case 'edit':
      return edited(row, change, nowMs);
    case 'snooze':
      return snoozed(row, change, nowMs);
    case 'done':
      return closed(row, chosen(row, change.occurrence), { state: 'done', nowMs });
    case 'skip':
      return closed(row, toSkip(row, change.occurrence), { state: 'skipped', nowMs });
    case 'undo-done':
      return reopened(row, change.occurrence, nowMs);
    case 'pause':
    case 'resume':
    case 'delete':
      return switched(row, change.kind, nowMs);
  }
}

function refuseDeleted({ state }: ReminderRow, { kind }: ReminderChange): void {
  if (state === 'deleted' && kind !== 'delete')
    throw new DomainError('reminder-not-found', 'this reminder was deleted');
}

const toSkip = (row: ReminderRow, key: string | null): OccurrenceRow =>
  key === null ? upcomingOf(row) : targetOf(row, key);

const chosen = (row: ReminderRow, key: string | null): OccurrenceRow =>
  key === null ? latestOf(row) : targetOf(row, key);

function edited(
  row: ReminderRow,
  { edit, dropSnoozed = false }: Extract<ReminderChange, { kind: 'edit' }>,
  nowMs: number,
): Turned {
  const given = Object.entries(edit).filter(([, value]) => value !== undefined);
  const next: ReminderRow = { ...row, ...Object.fromEntries(given) };
  if (given.length === 0 && !dropSnoozed) return unchanged(row, null);
  const isMoved = TIMING.some((field) => JSON.stringify(next[field]) !== JSON.stringify(row[field]));
  if (given.length > 0) checkReminder(next, { userZone: row.userZone, nowMs: isMoved ? nowMs : NEVER_PAST });
  const occurrences = dropSnoozed
    ? row.occurrences.map((one) => (one.state === 'snoozed' ? close(one, 'skipped') : one))
    : row.occurrences;
  return {
    ...{ changed: true, about: null, definition: next },
    row: {
      ...{ ...next, occurrences },
      // It begins anew: what the old times owed is not told.
      ...(isMoved && { handledToMs: nowMs, handledZone: zoneOf(next), state: takenUp(row.state) }),
    },
  };
}

const TIMING = ['start', 'zone', 'rule', 'exdates', 'rdates', 'leadMinutes'] as const;
/** The times stay as they are: whether they have passed is no question. */
const NEVER_PAST = 0;

const takenUp = (state: ReminderRow['state']): ReminderRow['state'] => (state === 'done' ? 'active' : state);

function snoozed(row: ReminderRow, change: Extract<ReminderChange, { kind: 'snooze' }>, nowMs: number): Turned {
  const about = chosen(row, change.occurrence);
  if (about.state === 'done' || about.state === 'skipped') return unchanged(row, about);
  const untilMs = 'untilMs' in change ? change.untilMs : nowMs + change.minutes * 60_000;
  checkSnooze(untilMs, nowMs);
  if (about.state === 'snoozed' && about.snoozedUntilMs === untilMs) return unchanged(row, about);
  const next = { ...about, state: 'snoozed' as const, snoozedUntilMs: untilMs, nags: 0 };
  return { changed: true, about: next, row: { ...withOccurrence(row, next), state: takenUp(row.state) } };
}

function closed(
  row: ReminderRow,
  about: OccurrenceRow,
  { state, nowMs }: { readonly state: 'done' | 'skipped'; readonly nowMs: number },
): Turned {
  if (about.state === state || about.state === 'done') return unchanged(row, about);
  const next = close(about, state, state === 'done' ? nowMs : null);
  return { changed: true, about: next, row: withOccurrence(row, next) };
}

const close = (about: OccurrenceRow, state: OccurrenceRow['state'], doneAtMs: number | null = null): OccurrenceRow => ({
  ...about,
  state,
  doneAtMs,
  snoozedUntilMs: null,
});

/** What was told before stands as it did, and is not nagged about; what was not is told at its time, if that is to come. */
function reopened(row: ReminderRow, key: string | null, nowMs: number): Turned {
  const about = key === null ? row.occurrences.findLast(({ state }) => state === 'done') : targetOf(row, key);
  if (about?.state !== 'done') return unchanged(row, about ?? null);
  const isToCome = about.toldAtMs === null && about.dueAtMs > nowMs;
  const next: OccurrenceRow = {
    ...{ ...about, doneAtMs: null, nags: row.nag?.times ?? 0 },
    ...(isToCome
      ? { state: 'snoozed' as const, snoozedUntilMs: about.dueAtMs }
      : { state: 'sent' as const, handledMinutes: [...about.handledMinutes, 0] }),
  };
  const state = isToCome ? takenUp(row.state) : row.state;
  return { changed: true, about: next, row: { ...withOccurrence(row, next), state } };
}

function switched(row: ReminderRow, kind: 'pause' | 'resume' | 'delete', nowMs: number): Turned {
  if (kind === 'delete') return { changed: row.state !== 'deleted', about: null, row: { ...row, state: 'deleted' } };
  if (row.state !== (kind === 'pause' ? 'active' : 'paused')) return unchanged(row, null);
  if (kind === 'pause') return { changed: true, about: null, row: { ...row, state: 'paused' } };
  // What passed meanwhile was not wanted.
  const handledToMs = Math.max(pastOf(row).handledToMs, nowMs);
  return { changed: true, about: null, row: { ...row, state: 'active', handledToMs, handledZone: zoneOf(row) } };
}

const unchanged = (row: ReminderRow, about: OccurrenceRow | null): Turned => ({ changed: false, row, about });

const withOccurrence = (row: ReminderRow, next: OccurrenceRow): ReminderRow => ({
  ...row,
  occurrences: [...row.occurrences.filter(({ key }) => key !== next.key), next],
});
