import type { Language } from '../../accounts/language.ts';

/** What stands in the pictures. */
export const PICTURE_TEXTS = {
  ru: {
    months: ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек'],
    weekdays: ['Пн', 'Вт', 'Ср', 'Чт', 'Пт', 'Сб', 'Вс'],
    year: 'за год',
    streak: 'серия',
    best: 'лучшая серия',
    done: 'сделано',
    legend: {
      done: 'сделано',
      implied: 'в норме',
      partly: 'частично',
      over: 'больше нормы',
      within: 'в пределах',
      frozen: 'пропуск',
    },
    noData: 'Пока нет ни одной отметки',
  },
  en: {
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
    year: 'over a year',
    streak: 'streak',
    best: 'best streak',
    done: 'done',
    legend: {
      done: 'done',
      implied: 'on track',
      partly: 'partly',
      over: 'over the limit',
      within: 'within the limit',
      frozen: 'skipped',
    },
    noData: 'Nothing is ticked yet',
  },
} as const satisfies Record<Language, object>;
