import type { OccasionDate } from './occasion.ts';

/** Names of the months and their abbreviations, Russian in both cases, and English. */
const MONTHS: readonly RegExp[] = [
  /^(янв(ар[ья])?|jan(uary)?)$/u,
  /^(фев(р(ал[ья])?)?|feb(ruary)?)$/u,
  /^(мар(та?)?|mar(ch)?)$/u,
  /^(апр(ел[ья])?|apr(il)?)$/u,
  /^(ма[йя]|may)$/u,
  /^(июн[ья]?|june?)$/u,
  /^(июл[ья]?|july?)$/u,
  /^(авг(уста?)?|aug(ust)?)$/u,
  /^(сент?(ябр[ья])?|sept?(ember)?)$/u,
  /^(окт(ябр[ья])?|oct(ober)?)$/u,
  /^(ноя(бр[ья])?|nov(ember)?)$/u,
  /^(дек(абр[ья])?|dec(ember)?)$/u,
];

/**
 * A day of the year in somebody's words, with the year where it is said: `20 марта 1960`, `20.03`, `March 20, 1960`,
 * `1960-03-20`. null = not understood; whether the day exists is asked elsewhere (`checkOccasion`).
 */
export function readDay(said: string): OccasionDate | null {
  const text = said.trim().toLowerCase().replace(/\s+/g, ' ');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return dayOf(iso[3], Number(iso[2]), iso[1]);
  const dotted = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?(?: ?г\.?)?$/.exec(text);
  if (dotted !== null) return dayOf(dotted[1], Number(dotted[2]), dotted[3]);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)? (?:of )?(\p{L}+)\.?,?(?: (\d{4})(?: ?г(?:ода?|\.)?)?)?$/u.exec(text);
  if (dayFirst !== null) return dayOf(dayFirst[1], monthOf(dayFirst[2]), dayFirst[3]);
  const monthFirst = /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/u.exec(text);
  return monthFirst === null ? null : dayOf(monthFirst[2], monthOf(monthFirst[1]), monthFirst[3]);
}

/** 0 = no month. */
const monthOf = (word = ''): number => MONTHS.findIndex((month) => month.test(word)) + 1;

const dayOf = (day: string | undefined, month: number, year: string | undefined): OccasionDate | null =>
  month < 1 ? null : { day: Number(day), month, year: year === undefined ? null : Number(year) };
