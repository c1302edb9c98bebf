import type { Language } from '../../domain/accounts/language.ts';
import { isAsked, understand } from '../../domain/agenda/language/understand.ts';
import type { PhraseCase } from './phrase-list.ts';

/** What became of a list of phrases; `asked` = a question where there should be none, or another; `wrong` = anything untrue. */
export interface Judged {
  readonly right: number;
  readonly asked: readonly string[];
  readonly wrong: readonly string[];
}

/** Understands every phrase and compares. */
export function judge(cases: readonly PhraseCase[], language: Language): Judged {
  const asked: string[] = [];
  const wrong: string[] = [];
  for (const { phrase, nowMs, zone, expected } of cases) {
    const answer = understand(phrase, { nowMs, zone, language });
    const got = isAsked(answer) ? `?${answer.question}` : [answer.text, answer.start, answer.rule].join(' | ');
    const wanted =
      'question' in expected ? `?${expected.question}` : [expected.text, expected.start, expected.rule].join(' | ');
    if (got !== wanted) (isAsked(answer) ? asked : wrong).push(`${phrase}: ${got}, not ${wanted}`);
  }
  return { right: cases.length - asked.length - wrong.length, asked, wrong };
}
