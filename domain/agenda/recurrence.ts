import { ruleInstants, elapsedStep } from './rule-elapsed.ts';
import { parseRule, type RuleParts, type RuleUntil } from './rule-parts.ts';
import { ruleWalls } from './rule-walls.ts';
import { instantOf, wallTimeOf, type WallTime } from './zoned-time.ts';
import { keyOfRepeat, occurrenceKey } from './occurrence-key.ts';

/** When something happens, in nobody's zone; which zone is said where it is asked. */
export interface Recurrence {
  /** The first time, if the rule matches it; without a rule the only one. */
  readonly start: WallTime;
  /** RRULE of RFC 5545 without `RRULE:`; null = once. */
  readonly rule: string | null;
  /** Times that do not happen. */
  readonly exdates?: readonly WallTime[];
  /** Times that happen too. */
  readonly rdates?: readonly WallTime[];
}

/** One time at which something happens. */
export interface Occurrence {
  /** What the rule says; in a gap it is not what the clock shows. */
  readonly wall: WallTime;
  /** ms since 1970. */
  readonly atMs: number;
  /** `occurrenceKey(wall)`; in an hour that comes twice, the second time, with `R` for `T`. */
  readonly key: string;
}

export interface Wanted {
  /** Exclusive, ms. */
  readonly afterMs: number;
  /** At most so many. */
  readonly count: number;
}

const HOUR_MS = 3_600_000;
/** No zone is further from UTC than that, and no gap is longer (Samoa skipped 30 December 2011). */
const SLACK_MS = 26 * HOUR_MS;

/**
 * The next times in a zone, in order, each instant once; fewer than asked = the rule ends (or brings nothing for 100
 * years). Wall time is kept over changes of the clock: in a gap it shifts forward, of an hour that comes twice the
 * first counts; rules below a day count elapsed time. COUNT counts what EXDATE takes away; UNTIL is inclusive.
 * @throws DomainError rule-invalid, rule-too-rare, time-invalid
 */
export function nextOccurrences(recurrence: Recurrence, zone: string, { afterMs, count }: Wanted): Occurrence[] {
  const excluded = new Set((recurrence.exdates ?? []).map((wall) => instantOf(wall, zone)));
  const found = new Map<number, Occurrence>();
  const add = (occurrence: Occurrence): void => {
    const { atMs } = occurrence;
    if (atMs > afterMs && !excluded.has(atMs) && !found.has(atMs)) found.set(atMs, occurrence);
  };
  // After a gap a later wall time may be an earlier instant: those of one day more are looked at.
  let endMs = Infinity;
  for (const occurrence of ruled(recurrence, zone, afterMs)) {
    if (occurrence.atMs > endMs) break;
    add(occurrence);
    if (endMs === Infinity && found.size >= count) endMs = occurrence.atMs + (isSubDaily(recurrence) ? 0 : SLACK_MS);
  }
  for (const wall of recurrence.rdates ?? []) add(occurrenceAt(wall, zone));
  return [...found.values()].sort((a, b) => a.atMs - b.atMs).slice(0, count);
}

const occurrenceAt = (wall: WallTime, zone: string): Occurrence => ({
  wall,
  atMs: instantOf(wall, zone),
  key: occurrenceKey(wall),
});

const isSubDaily = ({ rule }: Recurrence): boolean => rule !== null && elapsedStep(parseRule(rule)) !== null;

/** What start and rule make, without RDATE and EXDATE, nearly in order; of those up to `afterMs` some may be left out. */
function* ruled({ start, rule }: Recurrence, zone: string, afterMs: number): Generator<Occurrence> {
  if (rule === null) {
    yield occurrenceAt(start, zone);
    return;
  }
  const parts = parseRule(rule);
  const untilMs = parts.until === null ? Infinity : untilIn(parts.until, zone);
  let left = parts.count ?? Infinity;
  const times =
    elapsedStep(parts) === null ? walled(parts, start, { zone, afterMs }) : elapsed(parts, start, { zone, afterMs });
  for (const occurrence of times) {
    left -= 1;
    if (left < 0 || (occurrence !== null && occurrence.atMs > untilMs)) return;
    if (occurrence !== null) yield occurrence;
  }
}

const untilIn = ({ ms, isWall }: RuleUntil, zone: string): number => (isWall ? instantOf(wallOf(ms), zone) : ms);

const wallOf = (wallMs: number): WallTime => new Date(wallMs).toISOString().slice(0, 19);

interface Place {
  readonly zone: string;
  readonly afterMs: number;
}

/** null = one long before `afterMs`, which only COUNT needs to know of. */
function* walled(parts: RuleParts, start: WallTime, { zone, afterMs }: Place): Generator<Occurrence | null> {
  instantOf(start, zone); // refuses what is no time
  for (const wallMs of ruleWalls(parts, Date.parse(`${start}Z`), afterMs - SLACK_MS)) {
    yield wallMs < afterMs - SLACK_MS ? null : occurrenceAt(wallOf(wallMs), zone);
  }
}

function* elapsed(parts: RuleParts, start: WallTime, { zone, afterMs }: Place): Generator<Occurrence | null> {
  for (const atMs of ruleInstants(parts, { startAtMs: instantOf(start, zone), zone, fromMs: afterMs })) {
    if (atMs <= afterMs) {
      yield null;
      continue;
    }
    const wall = wallTimeOf(atMs, zone);
    yield { wall, atMs, key: instantOf(wall, zone) === atMs ? occurrenceKey(wall) : keyOfRepeat(wall) };
  }
}
