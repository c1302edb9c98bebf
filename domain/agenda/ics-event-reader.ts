import ICAL from 'ical.js';
import { DomainError } from '../shared/errors.ts';
import { zoneOfTzid, type IcsBlocks } from './ics-blocks.ts';
import type { IcsEvent } from './ics-event.ts';
import { checkRecurrence } from './rule-check.ts';
import { instantOf, wallTimeOf, type WallTime } from './zoned-time.ts';

/** One VEVENT, or what it changes in the series of its UID. */
export interface ReadEvent extends IcsEvent {
  /** The occurrence that this event stands for, instead of the series' own; null = it is the series. */
  readonly insteadOf: WallTime | null;
  readonly isCancelled: boolean;
}

/** How times are read. */
interface Clock {
  /** Of floating times and dates. */
  readonly zone: string;
  readonly places: IcsBlocks['places'];
}

const wrong = (message: string): DomainError => new DomainError('event-invalid', message);

/** Reads one VEVENT. @throws DomainError, or Error of the parser, for what cannot be kept */
export function readEvent(lines: readonly string[], clock: Clock): ReadEvent {
  const component = new ICAL.Component(plainJson(ICAL.parse(lines.join('\r\n'))));
  const start = component.getFirstProperty('dtstart');
  if (start === null) throw wrong('it has no DTSTART');
  const isAllDay = start.type === 'date';
  const zone = zoneOf(start, clock);
  const [wall] = wallsOf(start, { ...clock, zone });
  if (wall === undefined) throw wrong('its DTSTART is empty');
  const walls = (name: string): WallTime[] =>
    component.getAllProperties(name).flatMap((property) => wallsOf(property, { ...clock, zone }, wall.slice(10)));
  const exdates = walls('exdate');
  const rdates = walls('rdate');
  const recurrence = {
    ...{ start: wall, rule: ruleIn(lines) },
    ...(exdates.length > 0 && { exdates }),
    ...(rdates.length > 0 && { rdates }),
  };
  checkRecurrence(recurrence, zone);
  return {
    uid: textOf(component, 'uid') ?? '',
    summary: textOf(component, 'summary') ?? '',
    description: textOf(component, 'description'),
    ...{ recurrence, zone, isAllDay },
    durationMinutes: durationOf(component, { wall, zone, clock }),
    leadMinutes: leadsOf(component),
    insteadOf: walls('recurrence-id')[0] ?? null,
    isCancelled: textOf(component, 'status')?.toUpperCase() === 'CANCELLED',
  };
}

const plainJson = (parsed: unknown): unknown[] => {
  if (!Array.isArray(parsed)) throw wrong('it cannot be read');
  return parsed.map((part: unknown) => part);
};

function textOf(component: ICAL.Component, name: string): string | null {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function zoneOf(property: ICAL.Property, { zone, places }: Clock): string {
  if (property.type === 'date') return zone;
  if (rawValues(property)[0]?.endsWith('Z') === true) return 'UTC';
  const tzid: unknown = property.getParameter('tzid');
  if (typeof tzid !== 'string') return zone;
  const known = zoneOfTzid(tzid, places);
  if (known === null) throw wrong(`its time zone «${tzid}» is not known`);
  return known;
}

/** As written: the parser's own times would turn 30 February into 2 March. */
function rawValues(property: ICAL.Property): string[] {
  const json: unknown = property.toJSON();
  const values: readonly unknown[] = Array.isArray(json) ? json.slice(3) : [];
  return values.map((value) => {
    if (typeof value !== 'string') throw wrong(`${property.name.toUpperCase()} has to be times, not periods`);
    return value;
  });
}

/** Wall times in `clock.zone`, to the minute; a date stands for `T…` of that day. */
function wallsOf(property: ICAL.Property, clock: Clock, time = 'T00:00:00'): WallTime[] {
  if (property.type === 'date') return rawValues(property).map((date) => `${date}${time}`);
  const own = zoneOf(property, clock);
  return rawValues(property).map((raw) => {
    const wall = `${raw.slice(0, 16)}:00`;
    return own === clock.zone ? wall : wallTimeOf(instantOf(wall, own), clock.zone);
  });
}

function ruleIn(lines: readonly string[]): string | null {
  const rules = lines.flatMap((line) => /^RRULE(?:;[^:]*)?:(?<rule>.*)$/i.exec(line)?.groups?.['rule'] ?? []);
  if (rules.length > 1) throw wrong('it has several rules');
  if (lines.some((line) => /^EXRULE[;:]/i.test(line))) throw wrong('rules that take away (EXRULE) are not kept');
  return rules[0]?.trim() ?? null;
}

const MINUTE_MS = 60_000;

interface Beginning {
  readonly wall: WallTime;
  readonly zone: string;
  readonly clock: Clock;
}

function durationOf(component: ICAL.Component, { wall, zone, clock }: Beginning): number | null {
  const duration: unknown = component.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return Math.max(0, Math.round(duration.toSeconds() / 60));
  const end = component.getFirstProperty('dtend');
  if (end === null) return null;
  const [endWall] = wallsOf(end, { ...clock, zone: zoneOf(end, clock) });
  if (endWall === undefined) return null;
  const ms = instantOf(endWall, zoneOf(end, clock)) - instantOf(wall, zone);
  return Math.max(0, Math.round(ms / MINUTE_MS));
}

/** Alarms after the start, at a fixed time or before the end are no lead times. */
function leadsOf(component: ICAL.Component): number[] {
  const minutes = component.getAllSubcomponents('valarm').flatMap((alarm) => {
    const trigger = alarm.getFirstProperty('trigger');
    const value: unknown = trigger?.getFirstValue();
    if (!(value instanceof ICAL.Duration) || trigger?.getParameter('related') === 'END') return [];
    const before = Math.round(-value.toSeconds() / 60);
    return before > 0 ? [before] : [];
  });
  return [...new Set(minutes)];
}
