import type { Language } from '../accounts/language.ts';
import { addDays, dateOf, wallTimeOf } from './zoned-time.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

interface Words {
  readonly locale: string;
  readonly hours: string;
  readonly minutes: string;
  readonly tomorrow: string;
  readonly at: string;
  readonly days: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
}

const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    locale: 'ru-RU',
    hours: 'ч',
    minutes: 'мин',
    tomorrow: 'завтра',
    at: 'в',
    days: { one: 'день', few: 'дня', many: 'дней', other: 'дня' },
  },
  en: {
    locale: 'en-GB',
    hours: 'h',
    minutes: 'min',
    tomorrow: 'tomorrow',
    at: 'at',
    days: { one: 'day', other: 'days' },
  },
};

/** A span in whole minutes, in its two largest units: `2 ч 15 мин`, `3 days 4 h`; under a minute it is one. */
export function durationWords(spanMinutes: number, language: Language): string {
  const { locale, hours, minutes, days } = WORDS[language];
  const total = Math.max(1, Math.round(spanMinutes));
  const [d, h, m] = [Math.floor(total / DAY), Math.floor((total % DAY) / HOUR), total % HOUR];
  const dayWord = days[new Intl.PluralRules(locale).select(d)] ?? days.other;
  return [d > 0 ? `${d} ${dayWord}` : '', h > 0 ? `${h} ${hours}` : '', m > 0 ? `${m} ${minutes}` : '']
    .filter((part) => part !== '')
    .slice(0, 2)
    .join(' ');
}

/** What the clock shows: `8:41`. */
export const clockWords = (atMs: number, zone: string): string =>
  wallTimeOf(atMs, zone).slice(11, 16).replace(/^0/, '');

export interface Seen {
  readonly zone: string;
  readonly nowMs: number;
  readonly language: Language;
}

/** A moment as one says it today: `9:10`, `завтра в 9:00`, `пн, 23 ноября в 9:00`, with a year that is not this one. */
export function momentWords(atMs: number, { zone, nowMs, language }: Seen): string {
  const { locale, tomorrow, at } = WORDS[language];
  const [date, today, clock] = [dateOf(atMs, zone), dateOf(nowMs, zone), clockWords(atMs, zone)];
  if (date === today) return clock;
  if (date === addDays(today, 1)) return `${tomorrow} ${at} ${clock}`;
  const day = new Intl.DateTimeFormat(locale, {
    ...{ weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' },
    ...(date.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
  }).format(Date.parse(`${date}T00:00:00Z`));
  return `${day} ${at} ${clock}`;
}
