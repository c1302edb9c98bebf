import type { IcsEvent } from './ics-event.ts';
import { escapeText, foldLines } from './ics-lines.ts';
import { icsTime, zoneLines } from './ics-zone.ts';
import { parseRule } from './rule-parts.ts';
import { instantOf, type WallTime } from './zoned-time.ts';

export interface IcsCalendar {
  /** Shown by calendar programs. */
  readonly name: string;
  readonly events: readonly IcsEvent[];
  /** DTSTAMP of all events, ms: the same input and stamp give the same bytes. */
  readonly stampMs: number;
}

const DAY_MS = 86_400_000;
/** Changes of the clock are described so far ahead of the stamp; a feed is read again long before. */
const ZONE_AHEAD_MS = 20 * 366 * DAY_MS;

/** A calendar file (RFC 5545): each event once with its rule, and each zone with its real changes of the clock. */
export function writeCalendar({ name, events, stampMs }: IcsCalendar): string {
  return foldLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//gifty//agenda//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...zonesOf(events, stampMs),
    ...events.flatMap((event) => eventLines(event, stampMs)),
    'END:VCALENDAR',
  ]);
}

function zonesOf(events: readonly IcsEvent[], stampMs: number): string[] {
  const since = new Map<string, number>();
  for (const { zone, isAllDay, recurrence } of events) {
    if (isAllDay || zone === 'UTC') continue;
    const startMs = instantOf(recurrence.start, zone);
    since.set(zone, Math.min(startMs - DAY_MS, since.get(zone) ?? Infinity));
  }
  return [...since].flatMap(([zone, fromMs]) =>
    zoneLines(zone, { fromMs, toMs: Math.max(stampMs, fromMs) + ZONE_AHEAD_MS }),
  );
}

function eventLines(event: IcsEvent, stampMs: number): string[] {
  const { recurrence, description, durationMinutes, summary } = event;
  const time = timeWriter(event);
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `DTSTAMP:${utc(stampMs)}`,
    `DTSTART${time([recurrence.start])}`,
    ...(durationMinutes === null ? [] : [`DURATION:${duration(durationMinutes)}`]),
    `SUMMARY:${escapeText(summary)}`,
    ...(description === null ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    ...(recurrence.rule === null ? [] : [`RRULE:${ruleFor(recurrence.rule, event)}`]),
    ...datesLine('EXDATE', recurrence.exdates ?? [], time),
    ...datesLine('RDATE', recurrence.rdates ?? [], time),
    ...event.leadMinutes.flatMap((minutes) => alarmLines(minutes, summary)),
    'END:VEVENT',
  ];
}

type TimeWriter = (walls: readonly WallTime[]) => string;

function timeWriter({ isAllDay, zone }: IcsEvent): TimeWriter {
  if (isAllDay) return (walls) => `;VALUE=DATE:${walls.map((wall) => icsTime(wall).slice(0, 8)).join(',')}`;
  if (zone === 'UTC') return (walls) => `:${walls.map((wall) => `${icsTime(wall)}Z`).join(',')}`;
  return (walls) => `;TZID=${zone}:${walls.map(icsTime).join(',')}`;
}

const datesLine = (name: string, walls: readonly WallTime[], time: TimeWriter): string[] =>
  walls.length === 0 ? [] : [`${name}${time(walls)}`];

const utc = (atMs: number): string => `${icsTime(new Date(atMs).toISOString().slice(0, 19))}Z`;

/** Beside a start with a zone UNTIL has to be in UTC, beside a date it has to be a date (RFC 5545 3.3.10). */
function ruleFor(rule: string, { isAllDay, zone }: IcsEvent): string {
  const { until } = parseRule(rule);
  if (until === null) return rule;
  const wall = new Date(until.ms).toISOString().slice(0, 19);
  const untilText = isAllDay ? icsTime(wall).slice(0, 8) : utc(until.isWall ? instantOf(wall, zone) : until.ms);
  return rule.replace(/UNTIL=[^;]*/i, `UNTIL=${untilText}`);
}

function duration(minutes: number): string {
  return minutes % (24 * 60) === 0 && minutes > 0 ? `P${minutes / (24 * 60)}D` : `PT${minutes}M`;
}

const alarmLines = (minutes: number, summary: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escapeText(summary)}`,
  `TRIGGER:-PT${minutes}M`,
  'END:VALARM',
];
