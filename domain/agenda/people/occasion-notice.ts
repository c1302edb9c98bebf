import type { Language } from '../../accounts/language.ts';
import { html } from '../../shared/html.ts';
import type { Keyboard } from '../../shared/keyboard.ts';
import { buttonData, shortId } from '../button-data.ts';
import type { OccasionKind, OccasionNotice } from './occasion.ts';

/** An occasion as a message tells of it. */
export interface ToldOccasion {
  readonly id: string;
  readonly kind: OccasionKind;
  /** Whose it is; null = nobody's in particular, a holiday. */
  readonly person: string | null;
  /** What a holiday or another day is called; null = its kind says it. */
  readonly title: string | null;
}

const LOCALES = { ru: 'ru-RU', en: 'en-GB' } as const;

const TEXTS = {
  ru: {
    name: ({ kind, person, title }: ToldOccasion): string => {
      const what =
        title ??
        { birthday: 'день рождения', anniversary: 'годовщина', holiday: 'праздник', other: 'важный день' }[kind];
      return person === null ? what : `${what} — ${person}`;
    },
    before: (when: string, name: string, date: string) => html`🎁 ${when} <b>${name}</b> (${date}).`,
    today: (name: string) => html`🎉 Сегодня <b>${name}</b>!`,
    years: (years: number) => `Исполняется: ${years}.`,
    inDays: (days: number) =>
      (days === 1
        ? 'Завтра'
        : days % 7 === 0 && days <= 28
          ? { 7: 'Через неделю', 14: 'Через две недели', 21: 'Через три недели', 28: 'Через четыре недели' }[days]
          : `Через ${days} ${daysRu(days)}`) ?? '',
    think: 'Самое время подумать о подарке.',
    greeting: 'Вот поздравление — можно переслать или переписать по-своему:',
    greetings: {
      birthday: (person: string) =>
        `${person}, с днём рождения! Пусть год будет тёплым, люди рядом — родными, а задуманное сбывается вовремя. 🎂`,
      anniversary: (person: string) =>
        `${person}, с годовщиной! Пусть общих поводов для радости с каждым годом становится больше. 🥂`,
      other: (person: string) => `${person}, поздравляю! Пусть этот день запомнится хорошим. ✨`,
    },
    done: '✓ Подарок есть',
    later: '⏰ Напомнить завтра',
  },
  en: {
    name: ({ kind, person, title }: ToldOccasion): string => {
      const what =
        title ?? { birthday: 'birthday', anniversary: 'anniversary', holiday: 'holiday', other: 'special day' }[kind];
      return person === null ? what : `${person} — ${what}`;
    },
    before: (when: string, name: string, date: string) => html`🎁 ${when}: <b>${name}</b> (${date}).`,
    today: (name: string) => html`🎉 Today: <b>${name}</b>!`,
    years: (years: number) => `${years} years.`,
    inDays: (days: number) =>
      days === 1 ? 'Tomorrow' : days === 7 ? 'In a week' : days === 14 ? 'In two weeks' : `In ${days} days`,
    think: 'A good time to think of a present.',
    greeting: 'Here is a greeting — forward it, or make it your own:',
    greetings: {
      birthday: (person: string) =>
        `Happy birthday, ${person}! May the year be warm, your people close, and your plans come true in time. 🎂`,
      anniversary: (person: string) =>
        `Happy anniversary, ${person}! May there be more to be glad about together with each year. 🥂`,
      other: (person: string) => `Congratulations, ${person}! May this day be one to remember. ✨`,
    },
    done: '✓ I have a present',
    later: '⏰ Remind me tomorrow',
  },
} as const;

/** Russian has three forms: 1 день, 2 дня, 5 дней. */
function daysRu(count: number): string {
  const form = new Intl.PluralRules('ru').select(count);
  return form === 'one' ? 'день' : form === 'few' ? 'дня' : 'дней';
}

/** What is told before an occasion and on its day; `key` names the occasion of that year in the buttons. */
export function occasionMessage(
  occasion: ToldOccasion,
  { date, leadDays, years }: OccasionNotice,
  language: Language,
): { readonly html: string; readonly keyboard: Keyboard } {
  const texts = TEXTS[language];
  const name = texts.name(occasion);
  const age = years === null ? [] : [texts.years(years)];
  const shown = new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const year = date.slice(0, 4);
  if (leadDays > 0) {
    const heading = texts.before(texts.inDays(leadDays), name, shown.format(Date.parse(`${date}T00:00:00Z`)));
    const row = [
      { kind: 'press', text: texts.done, data: buttonData('occasion.done', shortId(occasion.id), year) } as const,
      { kind: 'press', text: texts.later, data: buttonData('occasion.later', shortId(occasion.id), year) } as const,
    ];
    return { html: [heading, ...age, texts.think].join('\n'), keyboard: [row] };
  }
  const { person, kind } = occasion;
  const greets =
    person === null ? [] : ['', texts.greeting, html`<blockquote>${greetingOf(kind, person, language)}</blockquote>`];
  return { html: [texts.today(name), ...age, ...greets].join('\n'), keyboard: [] };
}

/** A greeting that can be sent as it is, plain text. */
export function greetingOf(kind: OccasionKind, person: string, language: Language): string {
  const { greetings } = TEXTS[language];
  return (kind === 'holiday' ? greetings.other : greetings[kind])(person);
}
