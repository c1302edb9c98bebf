import { Temporal } from 'temporal-polyfill';

/** A time during which a zone's distance from UTC stays the same, ms; `toMs` is exclusive and may be Infinity. */
export interface OffsetSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly offsetMs: number;
}

/** The span in which an instant lies; the last one asked is remembered, so that walking through time is cheap. */
export function offsetSpans(zone: string): (atMs: number) => OffsetSpan {
  let known: OffsetSpan | null = null;
  return (atMs) => {
    if (known === null || atMs < known.fromMs || atMs >= known.toMs) known = spanAt(atMs, zone);
    return known;
  };
}

function spanAt(atMs: number, zone: string): OffsetSpan {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(zone);
  return {
    fromMs: Math.floor(atMs),
    toMs: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offsetMs: at.offsetNanoseconds / 1e6,
  };
}
