import type { Language } from '../../accounts/language.ts';
import { daysBetween, weekdayOf, type WallTime } from '../zoned-time.ts';
import { MONTHS_EN, MONTHS_RU, WEEKDAYS_SHORT_EN, WEEKDAYS_SHORT_RU } from './names.ts';
import { counted, type Forms } from './plural.ts';

interface Dated {
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
  /** null = this year. */
  readonly year: string | null;
  readonly clock: string;
}

interface MomentWords {
  readonly today: (clock: string) => string;
  readonly tomorrow: (dated: Dated) => string;
  readonly other: (dated: Dated) => string;
}

const dateRu = ({ day, month, weekday, year }: Dated): string => {
  const name = WEEKDAYS_SHORT_RU[weekday - 1] ?? '';
  return `${name === 'вт' ? 'во' : 'в'} ${name} ${day} ${MONTHS_RU[month - 1] ?? ''}${year === null ? '' : ` ${year} года`}`;
};
const dateEn = ({ day, month, weekday, year }: Dated): string =>
  `${WEEKDAYS_SHORT_EN[weekday - 1] ?? ''} ${day} ${MONTHS_EN[month - 1] ?? ''}${year === null ? '' : ` ${year}`}`;

const WORDS: Readonly<Record<Language, MomentWords>> = {
  ru: {
    today: (clock) => `сегодня в ${clock}`,
    tomorrow: (dated) => `завтра, ${dateRu(dated)}, в ${dated.clock}`,
    other: (dated) => `${dateRu(dated)} в ${dated.clock}`,
  },
  en: {
    today: (clock) => `today at ${clock}`,
    tomorrow: (dated) => `tomorrow, ${dateEn(dated)}, at ${dated.clock}`,
    other: (dated) => `${dateEn(dated)} at ${dated.clock}`,
  },
};

/** A moment as one says it now: «завтра, в пт 27 ноября, в 8:30», with a year that is not this one. */
export function describeMoment(wall: WallTime, nowWall: WallTime, language: Language): string {
  const date = wall.slice(0, 10);
  const clock = wall.slice(11, 16);
  const dated = {
    day: Number(wall.slice(8, 10)),
    month: Number(wall.slice(5, 7)),
    weekday: weekdayOf(date),
    year: wall.slice(0, 4) === nowWall.slice(0, 4) ? null : wall.slice(0, 4),
    clock: language === 'ru' ? clock.replace(/^0/, '') : clock,
  };
  const ahead = daysBetween(nowWall.slice(0, 10), date);
  if (ahead === 0) return WORDS[language].today(dated.clock);
  return ahead === 1 ? WORDS[language].tomorrow(dated) : WORDS[language].other(dated);
}

const UNITS: readonly (readonly [number, Readonly<Record<Language, Forms>>])[] = [
  [86_400, { ru: ['день', 'дня', 'дней'], en: ['day', 'days', 'days'] }],
  [3_600, { ru: ['час', 'часа', 'часов'], en: ['hour', 'hours', 'hours'] }],
  [60, { ru: ['минуту', 'минуты', 'минут'], en: ['minute', 'minutes', 'minutes'] }],
  [1, { ru: ['секунду', 'секунды', 'секунд'], en: ['second', 'seconds', 'seconds'] }],
];

/** A length of time by its two largest units: «2 часа 5 минут», `3 days 4 hours`; seconds only under a minute. */
export function describeDuration(lengthMs: number, language: Language): string {
  const seconds = Math.max(0, Math.round(lengthMs / 1_000));
  const least = seconds < 60 ? 1 : 60;
  let left = seconds < 60 ? seconds : Math.round(seconds / 60) * 60;
  const said: string[] = [];
  for (const [size, forms] of UNITS) {
    const number = Math.floor(left / size);
    left -= number * size;
    if (size >= least && (number > 0 || (size === least && said.length === 0)))
      said.push(counted(number, forms[language], language));
  }
  return said.slice(0, 2).join(' ');
}

/** How far a moment is: «через 2 часа 5 минут», `3 days ago`; within half a minute it is now. */
export function relative(atMs: number, nowMs: number, language: Language): string {
  const aheadMs = atMs - nowMs;
  if (Math.abs(aheadMs) < 30_000) return language === 'ru' ? 'сейчас' : 'now';
  const length = describeDuration(Math.abs(aheadMs), language);
  if (aheadMs > 0) return language === 'ru' ? `через ${length}` : `in ${length}`;
  return language === 'ru' ? `${length} назад` : `${length} ago`;
}
