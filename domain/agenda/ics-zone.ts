import { Temporal } from 'temporal-polyfill';
import type { WallTime } from './zoned-time.ts';

/** From when to when a time zone has to be described, ms. */
export interface ZoneSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Change {
  /** What the clock showed at that moment, by the old offset. */
  readonly wall: WallTime;
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** Where nothing is known before. */
const EPOCH = '1970-01-01T00:00:00';

/** `20261121T093000`. */
export const icsTime = (wall: WallTime): string => wall.replaceAll(/[-:]/g, '');

/** Lines of a VTIMEZONE with the zone's real changes of the clock within a span, and what holds at its beginning. */
export function zoneLines(zone: string, span: ZoneSpan): string[] {
  const groups = new Map<string, Change[]>();
  for (const change of changesIn(zone, span)) {
    const key = `${change.fromMinutes} ${change.toMinutes}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  const parts = [...groups.values()].flatMap(observance);
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, `X-LIC-LOCATION:${zone}`, ...parts, 'END:VTIMEZONE'];
}

function observance(changes: readonly Change[]): string[] {
  const [first, ...others] = changes;
  if (first === undefined) return [];
  const kind = first.toMinutes > first.fromMinutes ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${icsTime(first.wall)}`,
    `TZOFFSETFROM:${offset(first.fromMinutes)}`,
    `TZOFFSETTO:${offset(first.toMinutes)}`,
    `TZNAME:${offset(first.toMinutes)}`,
    ...others.map(({ wall }) => `RDATE:${icsTime(wall)}`),
    `END:${kind}`,
  ];
}

function* changesIn(zone: string, { fromMs, toMs }: ZoneSpan): Generator<Change> {
  const begin = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(zone);
  const before = begin.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const minutes = minutesOf(begin);
  yield before !== null && before.epochMilliseconds > 0
    ? changeAt(before)
    : { wall: EPOCH, fromMinutes: minutes, toMinutes: minutes };
  for (let at = begin.getTimeZoneTransition('next'); at !== null; at = at.getTimeZoneTransition('next')) {
    if (at.epochMilliseconds > toMs) return;
    yield changeAt(at);
  }
}

/** A transition may change the zone's name alone; then both offsets are one. */
function changeAt(at: Temporal.ZonedDateTime): Change {
  const before = at.subtract({ nanoseconds: 1 });
  const wall = at.toInstant().toZonedDateTimeISO('UTC').add({ nanoseconds: before.offsetNanoseconds });
  return {
    wall: wall.toPlainDateTime().toString({ smallestUnit: 'second' }),
    fromMinutes: minutesOf(before),
    toMinutes: minutesOf(at),
  };
}

const minutesOf = (at: Temporal.ZonedDateTime): number => Math.round(at.offsetNanoseconds / 60e9);

function offset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
