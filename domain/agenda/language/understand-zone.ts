import type { Language } from '../../accounts/language.ts';
import { readClock } from '../clock-text.ts';
import { isZone, offsetMinutesOf } from '../zoned-time.ts';
import { CITIES } from '../zones/cities.ts';
import { zoneOfPhrase, zonesOfClock } from '../zones/find-zone.ts';
import { ZONE_PLACES } from './zone-places.ts';

/** Zones that a phrase may mean, the likeliest first, at most six; none = not understood. */
export interface ZonesMeant {
  readonly zones: readonly string[];
}

const LIMIT = 6;
const OFFSET =
  /^(?:(?<base>utc|gmt|мск|msk|москва)\s*)?(?<sign>[+−–-])\s*(?<hours>\d{1,2})(?::?(?<minutes>\d\d))?(?:\s*ч(?:ас(?:а|ов)?)?)?$/iu;
const CLOCK = /(?:^|\s)(?<clock>\d{1,2}[:.]\d\d(?:\s*(?:am|pm|утра|дня|вечера|ночи))?)\.?$/iu;
const MOSCOW_MINUTES = 180;

/**
 * Where a person's clock is: a city («в Казани»), an IANA name in any case, a distance from UTC or Moscow («UTC+3», «мск+2»), or
 * what the clock shows («у меня 14:32»). Of a distance or a clock the commonest places are given.
 */
export function understandZone(
  phrase: string,
  { nowMs, language }: { readonly nowMs: number; readonly language: Language },
): ZonesMeant {
  const said = phrase.trim();
  const named = zoneNamed(said);
  if (named !== null) return { zones: [named] };
  const offset = offsetSaid(said);
  if (offset !== null) return { zones: zonesAt(offset, nowMs) };
  const { clock } = CLOCK.exec(said)?.groups ?? {};
  const time = clock === undefined ? null : readClock(clock);
  if (time !== null) return { zones: zonesOfClock(time, nowMs, { language, limit: LIMIT }).map(({ zone }) => zone) };
  const guess = zoneOfPhrase(said, language);
  return { zones: guess === null ? [] : [guess.zone] };
}

/** `europe/berlin` as the database writes it. */
function zoneNamed(said: string): string | null {
  if (/^(?:utc|gmt|z)$/i.test(said)) return 'UTC';
  if (!/^[a-z_]+\/[a-z_/+-]+$/i.test(said)) return null;
  const known = ZONE_PLACES.find(({ zone }) => zone.toLowerCase() === said.toLowerCase())?.zone ?? said;
  return isZone(known) ? known : null;
}

/** Minutes from UTC; null = none is said. */
function offsetSaid(said: string): number | null {
  const { base, sign, hours, minutes = '0' } = OFFSET.exec(said)?.groups ?? {};
  if (sign === undefined) return null;
  const distance = (Number(hours) * 60 + Number(minutes)) * (sign === '+' ? 1 : -1);
  const isMoscow = base !== undefined && !/^(?:utc|gmt)$/i.test(base);
  const offset = distance + (isMoscow ? MOSCOW_MINUTES : 0);
  return offset;
}

/** Cities come by size, so the first zones are the commonest. */
function zonesAt(offset: number, nowMs: number): string[] {
  const zones = [...CITIES, ...ZONE_PLACES].map(({ zone }) => zone);
  return [...new Set(zones)].filter((zone) => offsetMinutesOf(nowMs, zone) === offset).slice(0, LIMIT);
}
