import { LATE_MS, maxLateMs } from './misfire.ts';
import { earliestMs, openMoments } from './open-moments.ts';
import { isQuiet } from './quiet-hours.ts';
import type {
  DueMoments,
  DueTelling,
  OccurrenceRecord,
  ReminderPast,
  ReminderRules,
  Telling,
} from './reminder-rules.ts';

/** When a reminder has to be looked at next, ms; in the past = now; null = nothing is to come. */
export function nextMoment(rules: ReminderRules, past: ReminderPast, nowMs: number): number | null {
  let best = Infinity;
  for (const { kind, atMs, momentMs } of openMoments(rules, past, nowMs)) {
    if (isOfSeries(kind) && earliestMs(rules, atMs) >= best) break;
    best = Math.min(best, momentMs);
  }
  return best === Infinity ? null : best;
}

const isOfSeries = (kind: Telling['kind']): boolean => kind === 'due' || kind === 'lead';

/**
 * What a reminder tells now. All that is in time is told; of what is late (an outage) at most one message, the newest
 * that its misfire rule still lets through; the rest is missed. To be called with `past` as stored, under its row's lock.
 */
export function dueMoments(rules: ReminderRules, past: ReminderPast, nowMs: number): DueMoments {
  const open = passed(rules, past, nowMs);
  const isLate = ({ momentMs }: Telling): boolean => nowMs - momentMs > LATE_MS;
  const late = newest(open.filter((telling) => isLate(telling) && mayBeLate(rules, telling, nowMs)));
  const told = open.filter((telling) => telling === late || !isLate(telling));
  const missed = open.filter((telling) => !told.includes(telling));
  const after = pastAfter(past, { told, missed, nowMs });
  return {
    tell: told.map((telling) => ({ ...telling, late: isLate(telling), silent: isSilent(rules, nowMs) })),
    missed,
    past: after,
    nextAtMs: nextMoment(rules, after, nowMs),
  };
}

function passed(rules: ReminderRules, past: ReminderPast, nowMs: number): Telling[] {
  const found: Telling[] = [];
  for (const telling of openMoments(rules, past, nowMs)) {
    if (isOfSeries(telling.kind) && earliestMs(rules, telling.atMs) > nowMs) break;
    if (telling.momentMs <= nowMs) found.push(telling);
  }
  return found.sort((a, b) => a.momentMs - b.momentMs || b.leadMinutes - a.leadMinutes);
}

/** A lead time says nothing once its occurrence has come. */
function mayBeLate(rules: ReminderRules, { kind, atMs, momentMs }: Telling, nowMs: number): boolean {
  if (kind === 'lead' && atMs <= nowMs) return false;
  return nowMs - momentMs <= maxLateMs(rules, atMs);
}

const newest = (tellings: readonly Telling[]): Telling | undefined => tellings.at(-1);

const isSilent = ({ quietMode, quietHours, zone }: ReminderRules, nowMs: number): DueTelling['silent'] =>
  quietMode !== 'send' && quietHours !== null && isQuiet(quietHours, zone, nowMs);

function pastAfter(
  past: ReminderPast,
  {
    told,
    missed,
    nowMs,
  }: { readonly told: readonly Telling[]; readonly missed: readonly Telling[]; readonly nowMs: number },
): ReminderPast {
  const records = new Map(past.records.map((record) => [record.key, record]));
  const recordOf = ({ key, atMs }: Telling): OccurrenceRecord =>
    records.get(key) ?? {
      ...{ key, atMs, closed: false, snoozedUntilMs: null },
      handledMinutes: [],
      nags: 0,
      lastToldMs: null,
    };
  for (const telling of missed) records.set(telling.key, noted(recordOf(telling), telling, { nowMs, isTold: false }));
  for (const telling of told) records.set(telling.key, noted(recordOf(telling), telling, { nowMs, isTold: true }));
  return { handledToMs: Math.max(past.handledToMs, nowMs), records: [...records.values()] };
}

function noted(
  record: OccurrenceRecord,
  { kind, leadMinutes }: Telling,
  { nowMs, isTold }: { readonly nowMs: number; readonly isTold: boolean },
): OccurrenceRecord {
  const handledMinutes = [...new Set([...record.handledMinutes, leadMinutes])];
  if (kind === 'lead') return { ...record, handledMinutes };
  // A missed nag still moves the next one on, else it would be due for ever.
  if (kind === 'nag') return { ...record, nags: record.nags + 1, lastToldMs: nowMs };
  const lastToldMs = isTold ? nowMs : record.lastToldMs;
  return { ...record, handledMinutes, snoozedUntilMs: null, nags: 0, lastToldMs };
}
