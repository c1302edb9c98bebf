import { DomainError } from '../../shared/errors.ts';

/** Who gives advice: the rules of `goal.ts`, or a language model. */
export const ADVICE_SOURCES = ['rules', 'model'] as const;
export type AdviceSource = (typeof ADVICE_SOURCES)[number];

/** Advice on a goal. */
export interface Advice {
  readonly source: AdviceSource;
  /** Plain text. */
  readonly text: string;
}

/** More than that is no short advice. */
export const LONGEST_ADVICE = 1200;
/** A link in advice can only come from what somebody wrote among the facts. */
const LINK = /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|t\.me\/)/i;
/** Line breaks and tabs stay; what changes the direction or the look of a text does not. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/**
 * What a model said as advice that may be shown: plain text of at most `LONGEST_ADVICE` characters, without links.
 * @throws DomainError advice-unusable
 */
export function modelAdvice(said: string): string {
  const text = said
    .replaceAll('\r\n', '\n')
    .replaceAll(INVISIBLE, (char) => (char === '\n' || char === '\t' || char === '\u200D' ? char : ''))
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  if (text === '') throw unusable('it is empty');
  if (text.length > LONGEST_ADVICE) throw unusable(`it has ${text.length} characters`);
  if (LINK.test(text)) throw unusable('it has a link');
  return text;
}

const unusable = (why: string): DomainError =>
  new DomainError('advice-unusable', `what the model said cannot be shown: ${why}`);
