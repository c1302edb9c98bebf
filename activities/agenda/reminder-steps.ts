import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Changed, Planned } from '../../contracts/agenda.ts';
import type { NewReminder, ReminderOrder, ReminderOutcome } from '../../contracts/reminders.ts';
import { readReminderRow, type OccurrenceRow, type ReminderRow } from '../../db/repositories/reminder-row.ts';
import {
  insertReminder,
  rewriteReminder,
  settleReminder,
  type ReminderSettlement,
} from '../../db/repositories/settle-reminder.ts';
import { readUser } from '../../db/repositories/users.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { turnReminder, type Turned } from './reminder-changes.ts';
import { editsOf } from './reminder-edits.ts';
import { replanReminder } from './reminder-firing.ts';

/** A step that was made, and who has to be woken for what it wrote. */
export interface Stepped<T> {
  readonly result: T;
  readonly senders: readonly MessengerName[];
}

/** The row is gone, and whatever was known of it is older. */
const GONE: Planned = { next: { state: 'over' }, version: Number.MAX_SAFE_INTEGER };
/** Others may change the same reminder at the same time, no more often in a row. */
const TRIES = 20;

/** Stores a reminder unless it is there already; its time counts from when it was asked for. */
export async function beginReminder(
  em: SqlEntityManager,
  { id, askedMs }: { readonly id: string; readonly askedMs: number },
  { userId, ...definition }: NewReminder,
): Promise<void> {
  const user = await readUser(em, userId);
  if (user === null) throw new DomainError('user-not-found', 'there is no such user');
  const handledZone = definition.zone ?? user.zone;
  await insertReminder(em, { id, userId, handledToMs: askedMs, handledZone }, definition);
}

/** Takes one step that follows from the row alone; null = there is nothing to do. */
export async function stepReminder(
  em: () => SqlEntityManager,
  id: string,
  step: (row: ReminderRow) => ReminderSettlement | null,
): Promise<Stepped<Planned>> {
  return await untilItHolds(async () => {
    const row = await readReminderRow(em(), id);
    if (row === null) return { result: GONE, senders: [] };
    const settlement = step(row);
    if (settlement === null) return { result: plannedOf(row), senders: [] };
    const senders = await settleReminder(em(), settlement);
    return senders === null ? null : { result: plannedAfter(settlement), senders };
  });
}

/** Makes a change. @throws DomainError reminder-not-found, occurrence-not-found, snooze-invalid, or what is wrong with an edit */
export async function changeStep(
  em: () => SqlEntityManager,
  id: string,
  { userId, change, nowMs }: ReminderOrder & { readonly nowMs: number },
): Promise<Stepped<Changed<ReminderOutcome>>> {
  const key = 'occurrence' in change ? change.occurrence : null;
  return await untilItHolds(async () => {
    const row = await readReminderRow(em(), id, key);
    if (row?.userId !== userId) throw new DomainError('reminder-not-found', 'there is no reminder with this id');
    const turned = turnReminder(row, change, nowMs);
    if (!turned.changed) return { result: { outcome: outcomeOf(turned, row), planned: plannedOf(row) }, senders: [] };
    const settlement = settlementOf(row, turned, nowMs);
    const senders = await keep(em(), settlement, turned);
    const outcome = outcomeOf(turned, settlement);
    return senders === null ? null : { result: { outcome, planned: plannedAfter(settlement) }, senders };
  });
}

async function keep(
  em: SqlEntityManager,
  settlement: ReminderSettlement,
  { definition }: Turned,
): Promise<readonly MessengerName[] | null> {
  if (definition === undefined) return await settleReminder(em, settlement);
  return await em.transactional(async (tx) => {
    const senders = await settleReminder(tx, settlement);
    if (senders !== null) await rewriteReminder(tx, settlement.id, definition);
    return senders;
  });
}

function settlementOf(row: ReminderRow, turned: Turned, nowMs: number): ReminderSettlement {
  const occurrences = turned.row.occurrences.filter((occurrence) => !row.occurrences.includes(occurrence));
  const edits = (about: OccurrenceRow) => editsOf({ ...turned.row, version: row.version }, about, nowMs);
  const { about } = turned;
  return { ...replanReminder(turned.row, nowMs), occurrences, messages: about === null ? [] : edits(about) };
}

async function untilItHolds<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let left = TRIES; left > 0; left -= 1) {
    const done = await attempt();
    if (done !== null) return done;
  }
  throw new Error('a reminder is being changed all the time');
}

type Standing = Pick<ReminderRow, 'state' | 'nextAtMs' | 'version'>;

/** What comes next once a settlement is stored. */
export const plannedAfter = (settlement: Standing): Planned =>
  plannedOf({ ...settlement, version: settlement.version + 1 });

/** What comes next by the row. */
export function plannedOf({ state, nextAtMs, version }: Standing): Planned {
  if (state === 'paused') return { next: { state: 'idle' }, version };
  if (state !== 'active' || nextAtMs === null) return { next: { state: 'over' }, version };
  return { next: { state: 'waits', atMs: nextAtMs }, version };
}

function outcomeOf({ changed, about }: Turned, { state, nextAtMs }: Standing): ReminderOutcome {
  const occurrence =
    about === null
      ? null
      : { key: about.key, state: about.state, snoozedUntilMs: about.snoozedUntilMs, doneAtMs: about.doneAtMs };
  return { changed, state, nextAtMs, occurrence };
}
