import type { Language } from '../../accounts/language.ts';
import type { HabitGoal } from './habit-history.ts';
import type { Habit } from './habit.ts';
import type { Streak } from './habit-streaks.ts';

const PLURALS = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') } as const;
const NUMBERS = {
  ru: new Intl.NumberFormat('ru', { maximumFractionDigits: 3 }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 3 }),
} as const;
const DAYS = {
  ru: { one: 'день', few: 'дня', many: 'дней', other: 'дня', two: 'дня', zero: 'дней' },
  en: { one: 'day', few: 'days', many: 'days', other: 'days', two: 'days', zero: 'days' },
} as const;
const TIMES = {
  ru: { one: 'раз', few: 'раза', many: 'раз', other: 'раза', two: 'раза', zero: 'раз' },
  en: { one: 'time', few: 'times', many: 'times', other: 'times', two: 'times', zero: 'times' },
} as const;

/** A number as the language writes it; at most three decimals. */
export const numberIn = (language: Language, value: number): string => NUMBERS[language].format(value);

/** `5 дней`, `1 day`. */
export const daysIn = (language: Language, days: number): string =>
  `${numberIn(language, days)} ${DAYS[language][PLURALS[language].select(days)]}`;

/** `3 раза`, `3 times`. */
export const timesIn = (language: Language, times: number): string =>
  `${numberIn(language, times)} ${TIMES[language][PLURALS[language].select(times)]}`;

/** `43 %` with a space that does not break. */
export const percentIn = (language: Language, share: number): string =>
  `${Math.round(share * 100)}${language === 'ru' ? '\u00a0' : ''}%`;

/** An amount with the habit's unit, e.g. `2,5 км`. */
export const amountIn = (language: Language, unit: string | null, amount: number): string =>
  unit === null || unit === '' ? numberIn(language, amount) : `${numberIn(language, amount)} ${unit}`;

/** The length both ways where frozen days make a difference: `12 дней (без пропусков 10)`. */
export function streakIn(language: Language, { length, active }: Pick<Streak, 'length' | 'active'>): string {
  if (length === active) return daysIn(language, length);
  const without = language === 'ru' ? 'без пауз' : 'without breaks';
  return `${daysIn(language, length)} (${without} ${numberIn(language, active)})`;
}

/** What is aimed at, in words: `3 раза в неделю`, `не больше 2 чашек в день`. */
export function goalIn(language: Language, { kind, unit }: Pick<Habit, 'kind' | 'unit'>, goal: HabitGoal): string {
  const span = spanIn(language, goal.days);
  if (kind === 'yes-no') {
    if (goal.times === goal.days) return language === 'ru' ? 'каждый день' : 'every day';
    return `${timesIn(language, goal.times)} ${span}`;
  }
  const bound = {
    ru: { 'at-least': 'от', 'at-most': 'не больше' },
    en: { 'at-least': 'at least', 'at-most': 'at most' },
  };
  return `${bound[language][kind]} ${amountIn(language, unit, goal.target ?? 0)} ${span}`;
}

function spanIn(language: Language, days: number): string {
  const named = {
    ru: { 1: 'в день', 7: 'в неделю', 30: 'в месяц', 31: 'в месяц' },
    en: { 1: 'a day', 7: 'a week', 30: 'a month', 31: 'a month' },
  };
  const known = new Map(Object.entries(named[language])).get(String(days));
  if (known !== undefined) return known;
  return language === 'ru' ? `за ${daysIn(language, days)}` : `in ${daysIn(language, days)}`;
}
