import { DomainError } from '../shared/errors.ts';
import { calendarDay, dayMatches } from './rule-days.ts';
import type { RuleParts } from './rule-parts.ts';
import { picked } from './rule-walls.ts';
import { offsetSpans, type OffsetSpan } from './zone-offsets.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HORIZON_MS = 100 * 366 * DAY_MS;
/** A rule that needs more looks than this for one more time is given up. */
const MAX_LOOKS = 100_000;

const UNITS = { HOURLY: HOUR_MS, MINUTELY: MINUTE_MS, SECONDLY: 1_000 } as const;

/** Milliseconds of one step of a rule below a day; null = the rule counts in days or more. */
export function elapsedStep({ frequency, interval }: RuleParts): number | null {
  if (frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY')
    return UNITS[frequency] * interval;
  return null;
}

interface Walk {
  readonly parts: RuleParts;
  readonly unitMs: number;
  readonly startAtMs: number;
}

/**
 * Instants of an hourly, minutely or secondly rule in order: exact elapsed time from the start, what the clock shows
 * only filters them. From about `fromMs` on (a rule with COUNT: from the first on). Ends where 100 years bring nothing.
 * @throws DomainError rule-too-rare when the next time takes too long to find
 */
export function* ruleInstants(
  parts: RuleParts,
  { startAtMs, zone, fromMs }: { readonly startAtMs: number; readonly zone: string; readonly fromMs: number },
): Generator<number> {
  const stepMs = elapsedStep(parts) ?? DAY_MS;
  const walk: Walk = { parts, startAtMs, unitMs: stepMs / parts.interval };
  const spanAt = offsetSpans(zone);
  const skip = parts.count === null ? Math.floor((fromMs - startAtMs) / stepMs) - 1 : 0;
  let atMs = startAtMs + Math.max(0, skip) * stepMs;
  let quietSinceMs = atMs;
  for (let looks = 0; atMs - quietSinceMs <= HORIZON_MS; looks += 1) {
    if (looks > MAX_LOOKS)
      throw new DomainError('rule-too-rare', 'the rule hardly ever comes true; write it in days or weeks');
    const span = spanAt(atMs);
    const nextMs = nextCandidate(walk, atMs, span);
    if (nextMs === null) {
      for (const instant of instantsIn(walk, atMs, span)) {
        if (instant < startAtMs) continue;
        yield instant;
        quietSinceMs = atMs;
        looks = 0;
      }
      atMs += stepMs;
    } else {
      atMs += Math.max(1, Math.ceil((nextMs - atMs) / stepMs)) * stepMs;
    }
  }
}

/** Where the date or hour does not match: when it changes. null = it does. */
function nextCandidate({ parts, unitMs }: Walk, atMs: number, { offsetMs, toMs }: OffsetSpan): number | null {
  const wallMs = atMs + offsetMs;
  const until = (unit: number): number => Math.min(toMs, atMs + unit - mod(wallMs, unit));
  if (!dayMatches(parts, calendarDay(Math.floor(wallMs / DAY_MS)))) return until(DAY_MS);
  const hour = Math.floor(mod(wallMs, DAY_MS) / HOUR_MS);
  if (parts.hours.length > 0 && !parts.hours.includes(hour)) return until(HOUR_MS);
  const minute = Math.floor(mod(wallMs, HOUR_MS) / MINUTE_MS);
  if (unitMs < HOUR_MS && parts.minutes.length > 0 && !parts.minutes.includes(minute)) return until(MINUTE_MS);
  const second = Math.floor(mod(wallMs, MINUTE_MS) / 1_000);
  if (unitMs < MINUTE_MS && parts.seconds.length > 0 && !parts.seconds.includes(second)) return until(1_000);
  return null;
}

/** The step's own instant, or those that BYMINUTE and BYSECOND make of its hour or minute. */
function instantsIn({ parts, unitMs }: Walk, atMs: number, { offsetMs }: OffsetSpan): readonly number[] {
  const wallMs = atMs + offsetMs;
  const minutes = unitMs === HOUR_MS ? parts.minutes : [];
  const seconds = unitMs >= MINUTE_MS ? parts.seconds : [];
  if (minutes.length === 0 && seconds.length === 0) return picked(parts, [atMs]);
  const baseMs = atMs - mod(wallMs, minutes.length > 0 ? HOUR_MS : MINUTE_MS);
  const ownSecond = Math.floor(mod(wallMs, MINUTE_MS) / 1_000);
  return picked(
    parts,
    (minutes.length > 0 ? minutes : [0]).flatMap((minute) =>
      (seconds.length > 0 ? seconds : [ownSecond]).map((second) => baseMs + minute * MINUTE_MS + second * 1_000),
    ),
  );
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
