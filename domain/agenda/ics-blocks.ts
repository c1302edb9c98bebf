import { DomainError } from '../shared/errors.ts';
import { unfoldLines } from './ics-lines.ts';
import { zoneOfWindows } from './windows-zones.ts';
import { isZone } from './zoned-time.ts';

/** A calendar file cut into its parts: each event's lines by themselves, so that a broken one breaks no other. */
export interface IcsBlocks {
  readonly events: readonly (readonly string[])[];
  /** Zones that the file describes: its name → where that is, by X-LIC-LOCATION. */
  readonly places: ReadonlyMap<string, string>;
}

const MAX_BYTES = 10_000_000;
const MAX_EVENTS = 5_000;

/** Cuts a calendar file. @throws DomainError file-too-large (10 MB or over), calendar-invalid, calendar-too-long (over 5,000 events) */
export function cutCalendar(bytes: Uint8Array): IcsBlocks {
  if (bytes.byteLength >= MAX_BYTES)
    throw new DomainError('file-too-large', 'a calendar file has less than 10 MB; export a shorter time');
  const lines = unfoldLines(new TextDecoder().decode(bytes));
  if (!lines.some((line) => /^BEGIN:VCALENDAR\s*$/i.test(line)))
    throw new DomainError('calendar-invalid', 'this is no calendar file: it has no BEGIN:VCALENDAR');
  const events = blocks(lines, 'VEVENT');
  if (events.length > MAX_EVENTS)
    throw new DomainError('calendar-too-long', `at most ${MAX_EVENTS} events at once; this file has ${events.length}`);
  return { events, places: new Map(blocks(lines, 'VTIMEZONE').flatMap(placeOf)) };
}

function blocks(lines: readonly string[], name: string): string[][] {
  const found: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    const mark = line.trim().toUpperCase();
    if (mark === `BEGIN:${name}`) {
      open = [];
      found.push(open);
    }
    open?.push(line);
    if (mark === `END:${name}`) open = null;
  }
  return found;
}

function placeOf(lines: readonly string[]): [string, string][] {
  const value = (name: string): string | null =>
    lines
      .find((line) => line.toUpperCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? null;
  const [id, place] = [value('TZID'), value('X-LIC-LOCATION')];
  return id !== null && place !== null ? [[id, place]] : [];
}

/** The IANA zone that a TZID means; null = not known. */
export function zoneOfTzid(tzid: string, places: IcsBlocks['places']): string | null {
  // «/softwarestudio.org/Olson_20011030_5/Europe/Berlin»: some programs put their own path before it.
  const tails = tzid.split('/').map((_, index, parts) => parts.slice(index).join('/'));
  const named = [places.get(tzid), zoneOfWindows(tzid), ...tails];
  return named.find((name): name is string => typeof name === 'string' && isZone(name)) ?? null;
}
