import type { Language } from '../../accounts/language.ts';
import type { QuestionCode } from './pieces.ts';

const TEXTS: Readonly<Record<Language, string>> = { ru: 'позвонить маме', en: 'call mum' };
/** A longer text is no good in an example. */
const MAX_TEXT = 60;

const RU: Readonly<Record<QuestionCode, string>> = {
  when: 'завтра в 18:00 ',
  what: 'завтра в 18:00 ',
  past: 'завтра в 9:00 ',
  'no-such-date': '28 февраля в 10:00 ',
  'no-such-time': 'завтра в 23:30 ',
  'too-often': 'каждый час ',
  unclear: 'в пятницу в 18:00 ',
};
const EN: Readonly<Record<QuestionCode, string>> = {
  when: 'tomorrow at 18:00 ',
  what: 'tomorrow at 18:00 ',
  past: 'tomorrow at 9:00 ',
  'no-such-date': '28 February at 10:00 ',
  'no-such-time': 'tomorrow at 23:30 ',
  'too-often': 'every hour ',
  unclear: 'on Friday at 18:00 ',
};

/** A phrase that would be understood, about the person's own matter where it is known. */
export function exampleFor(question: QuestionCode, text: string | null, language: Language): string {
  const moments = language === 'ru' ? RU : EN;
  const isFit = text !== null && question === 'when' && text.length <= MAX_TEXT && !/\d/.test(text);
  return moments[question] + (isFit ? text : TEXTS[language]);
}
