import type { WallTime } from './zoned-time.ts';

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
