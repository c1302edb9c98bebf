/** Months in the genitive, January first. */
export const MONTHS_RU = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');
/** Months by name, January first. */
export const MONTHS_NOMINATIVE_RU =
  'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ');
/** January first. */
export const MONTHS_EN = 'January February March April May June July August September October November December'.split(
  ' ',
);
/** Monday first. */
export const WEEKDAYS_EN = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
/** «По понедельникам». */
export const WEEKDAYS_PLURAL_RU = 'понедельникам вторникам средам четвергам пятницам субботам воскресеньям'.split(' ');
/** «В понедельник». */
export const WEEKDAYS_ACCUSATIVE_RU = 'понедельник вторник среду четверг пятницу субботу воскресенье'.split(' ');
/** Monday first. */
export const WEEKDAYS_SHORT_RU = 'пн вт ср чт пт сб вс'.split(' ');
/** Monday first. */
export const WEEKDAYS_SHORT_EN = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');

const ORDINALS_RU = {
  m: ['первый', 'второй', 'третий', 'четвёртый', 'пятый'],
  f: ['первую', 'вторую', 'третью', 'четвёртую', 'пятую'],
  n: ['первое', 'второе', 'третье', 'четвёртое', 'пятое'],
} as const;
const LAST_RU = { m: 'последний', f: 'последнюю', n: 'последнее' } as const;
const ENDINGS_RU = { m: 'й', f: 'ю', n: 'е' } as const;

/** «Второй», «пятую», «последнее», «7-й», «2-й с конца» in the accusative. */
export function ordinalRu(number: number, gender: 'm' | 'f' | 'n'): string {
  if (number === -1) return LAST_RU[gender];
  const word = ORDINALS_RU[gender][Math.abs(number) - 1] ?? `${Math.abs(number)}-${ENDINGS_RU[gender]}`;
  return number < 0 ? `${word} с конца` : word;
}

const ORDINALS_EN = ['first', 'second', 'third', 'fourth', 'fifth'];

/** `1st`, `22nd`, `13th`. */
export function ordinalEn(number: number): string {
  const isTeen = number % 100 > 10 && number % 100 < 14;
  return `${number}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}

/** `second`, `last`, `7th`, `second to last`. */
export function ordinalWordEn(number: number): string {
  if (number === -1) return 'last';
  const size = Math.abs(number);
  const word = ORDINALS_EN[size - 1] ?? ordinalEn(size);
  return number < 0 ? `${word} to last` : word;
}
