import type { QueryTerm, TextRank } from './text-score.ts';

/** Of a query of two words one must be answered well; a third of its weight is as little as that can be. */
const ANSWERED = 0.3;
/** A longer query says the same thing in several ways: what answers two words' worth of it answers it. */
const DECISIVE_WORDS = 2;
/** More than a mention in passing. */
const PROMINENT = 0.42;
/** A word that several products mention in passing is one of their features. */
const SEVERAL = 3;
/** So much of the query's weight is what they have to mention: about one word of two. */
const FEATURE = 0.4;

/** A query as the catalogue understands it. */
export interface UnderstoodQuery {
  /** Misspelt words are replaced by what they are likely to mean. */
  readonly terms: readonly QueryTerm[];
  /** Of them those that the catalogue has as they are written. */
  readonly known: number;
}

const isWord = ({ lexemes }: QueryTerm): boolean => lexemes.some((lexeme) => /\p{L}/u.test(lexeme));

/** Whether products found by words answer the query at all; words that mean nothing to the catalogue do not count. */
export function isAnsweredByWords(ranked: readonly TextRank[], { terms, known }: UnderstoodQuery): boolean {
  const understood = terms.filter(({ products }) => products > 0).length;
  // Of «iphone 15» a product with a 15 is no answer.
  if (terms.some(isWord) && !terms.some((term) => isWord(term) && term.products > 0)) return false;
  // A guess is trusted when all else in the query makes sense.
  if (understood === 0 || (known === 0 && understood < terms.length)) return false;
  const least = (ANSWERED * Math.min(understood, DECISIVE_WORDS)) / understood;
  const isGood = ({ coverage, prominence }: TextRank) => coverage >= least && prominence >= PROMINENT;
  return ranked.some(isGood) || ranked.filter(({ share }) => share >= FEATURE).length >= SEVERAL;
}

/** So much nearer than the catalogue at large must the nearest product be: 0 = as near as any, 1 = the query itself. */
const NEAR_IN_MEANING = 0.45;

/**
 * Whether a product is near to a query in meaning. Models differ in how near everything is to everything, so nearness is
 * measured from there.
 * @param similarity  cosine of query and product
 * @param background  cosine of the query and the catalogue's mean vector
 */
export const isNearInMeaning = (similarity: number, background: number): boolean =>
  (similarity - background) / (1 - background) >= NEAR_IN_MEANING;

/** Spelling vectors of texts that share no word with a query reach about 0.2 by chance. */
const NEAR_IN_SPELLING = 0.3;

/** Whether a product's text is spelt like the query. @param similarity  cosine of lexical vectors */
export const isNearInSpelling = (similarity: number): boolean => similarity >= NEAR_IN_SPELLING;
