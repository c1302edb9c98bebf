import type { Language } from '../../accounts/language.ts';
import { isZone, offsetMinutesOf } from '../zoned-time.ts';
import { CITIES, type City } from './cities.ts';

/** A zone that may be meant, and how to name it to the person. */
export interface ZoneGuess {
  /** IANA. */
  readonly zone: string;
  readonly name: string;
}

/** Shorter names are taken only when they stand alone. */
const NAME_LENGTH = 3;
const DAY_MINUTES = 1440;

/** The zone that a phrase names: a city in any case («в Казани»), or an IANA name; null = none is known. */
export function zoneOfPhrase(phrase: string, language: Language): ZoneGuess | null {
  const named = phrase.trim();
  if (named.includes('/') && isZone(named)) return { zone: named, name: named };
  const words = plain(phrase);
  if (words === '') return null;
  const city =
    CITIES.find((one) => namesOf(one).includes(words)) ??
    CITIES.find((one) => namesOf(one).some((name) => holds(words, name))) ??
    CITIES.find((one) => namesOf(one).some((name) => isStemIn(words, name)));
  return city === undefined ? zoneOfName(words) : guess(city, language);
}

/** Zones in which the clock shows about this time (`HH:MM`), the largest city of each offset rule; at most `limit`. */
export function zonesOfClock(
  clock: string,
  nowMs: number,
  { language, limit }: { readonly language: Language; readonly limit: number },
): ZoneGuess[] {
  const [hours = '0', minutes = '0'] = clock.split(':');
  const shown = Number(hours) * 60 + Number(minutes);
  const utc = Math.floor(nowMs / 60_000) % DAY_MINUTES;
  const isNear = (offset: number): boolean => {
    const apart = (((utc + offset - shown) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
    // The clock moved on while it was typed; nobody's is right to the minute.
    return Math.min(apart, DAY_MINUTES - apart) <= 7;
  };
  const found = new Map<string, ZoneGuess>();
  for (const city of CITIES) {
    if (!found.has(city.zone) && isNear(offsetMinutesOf(nowMs, city.zone))) found.set(city.zone, guess(city, language));
  }
  return [...found.values()].slice(0, limit);
}

/** The city by which a zone is named, in the person's language; an unknown one keeps its IANA name. */
export function zoneName(zone: string, language: Language): string {
  const cities = CITIES.filter((one) => one.zone === zone);
  const city = cities.find(({ en }) => zone.endsWith(`/${en.replaceAll(' ', '_')}`)) ?? cities[0];
  return city === undefined ? zone : city[language];
}

const guess = (city: City, language: Language): ZoneGuess => ({ zone: city.zone, name: city[language] });
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const namesOf = ({ ru, en, aliases }: City): string[] => [ru, en, ...aliases].map(plain);
const holds = (words: string, name: string): boolean =>
  name.length >= NAME_LENGTH && ` ${words} `.includes(` ${name} `);
/** Without the ending that a case changes. */
const stem = (word: string): string => word.replace(/(ом|ой|ью|[аеиоуыюяьй])$/u, '');

function isStemIn(words: string, name: string): boolean {
  const said = words.split(' ').map(stem);
  const wanted = name.split(' ').map(stem);
  return name.length >= NAME_LENGTH && wanted.every((part) => said.includes(part));
}

/** The last part of an IANA name, e.g. `lord howe`. */
function zoneOfName(words: string): ZoneGuess | null {
  const zone = Intl.supportedValuesOf('timeZone').find(
    (name) => plain(name.slice(name.lastIndexOf('/') + 1)) === words,
  );
  return zone === undefined ? null : { zone, name: zone };
}
