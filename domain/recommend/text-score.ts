/** Weight classes of the full-text index: title, brand and category, attributes, description. */
export type TextField = 'A' | 'B' | 'C' | 'D';

/** One word of a query. */
export interface QueryTerm {
  /** Spellings that count as this word (its stem, the word as it is written). */
  readonly lexemes: readonly string[];
  /** Products that contain it; 0 = the catalogue does not know the word. */
  readonly products: number;
}

/** What a product's text has of a query. */
export interface TextMatch {
  readonly id: string;
  /** Lexeme → the field of each occurrence, e.g. `AAD`. */
  readonly hits: Readonly<Record<string, string>>;
  /** Different words in each field. */
  readonly lengths: FieldLengths;
}

/** Numbers of different words, by field. */
export type FieldLengths = Readonly<Record<TextField, number>>;

/** What ranks depend on besides the query and the matches. */
export interface CatalogueStatistics {
  readonly documents: number;
  /** Averages over the catalogue. */
  readonly fieldLengths: FieldLengths;
}

/** A product with its text score; higher is nearer to the query. */
export interface TextRank {
  readonly id: string;
  readonly score: number;
  /** It has every word that the catalogue knows. */
  readonly isWhole: boolean;
  /** Share of the query's weight that the product mentions at all, 0..1. */
  readonly share: number;
  /** Share of the query that the product answers, 0..1: 1 = each known word is in it, prominently. */
  readonly coverage: number;
  /** Of the word that it is most about, 0..1: about 0.7 for a word of the title, below 0.4 for a passing mention. */
  readonly prominence: number;
}

/** All fields of the full-text index. */
export const TEXT_FIELDS = ['A', 'B', 'C', 'D'] as const satisfies readonly TextField[];
/** A word in the title says what a product is; in an attribute it is often a compatible device or a colour. */
const FIELD_WEIGHT: Readonly<Record<TextField, number>> = { A: 3, B: 1, C: 0.5, D: 1 };
/** How much a long field weakens a word in it; titles least, for long ones are not padded. */
const LENGTH_EFFECT: Readonly<Record<TextField, number>> = { A: 0.5, B: 0.5, C: 0.75, D: 0.75 };
/** Saturation: the tenth mention of a word says little more than the second. */
const SATURATION = 1.2;

/**
 * Ranks matches by BM25F: per word the weighted, length-normalised mentions over all fields, saturated, times the word's
 * rarity. Products with all known words come before those with some; ties are broken by id.
 * @see Robertson, Zaragoza, Taylor: Simple BM25 Extension to Multiple Weighted Fields (CIKM 2004)
 */
export function rankTexts(
  matches: readonly TextMatch[],
  terms: readonly QueryTerm[],
  { documents, fieldLengths }: CatalogueStatistics,
): TextRank[] {
  const known = terms.filter(({ products }) => products > 0);
  const weighed = known.map((term) => ({ term, rarity: rarity(term.products, documents) }));
  const most = weighed.reduce((sum, word) => sum + word.rarity, 0);
  const ranked = matches.map((match) => {
    const prominences = weighed.map(({ term }) => saturated(mentions(match, term, fieldLengths)));
    const score = weighed.reduce((sum, word, place) => sum + word.rarity * (prominences[place] ?? 0), 0);
    const mentioned = weighed.reduce((sum, word, place) => sum + (prominences[place] === 0 ? 0 : word.rarity), 0);
    const isWhole = prominences.every((prominence) => prominence > 0);
    return {
      id: match.id,
      score,
      isWhole,
      // Words that every product has weigh nothing.
      share: most === 0 ? Number(isWhole) : mentioned / most,
      coverage: most === 0 ? 0 : score / most,
      prominence: Math.max(0, ...prominences),
    };
  });
  return ranked.sort(byScore);
}

/** Inverse document frequency of BM25; above 0 even for a word that every product has. */
function rarity(products: number, documents: number): number {
  return Math.log(1 + Math.max(0, documents - products + 0.5) / (products + 0.5));
}

const saturated = (count: number): number => count / (SATURATION + count);

function mentions(match: TextMatch, term: QueryTerm, averages: FieldLengths): number {
  const found = term.lexemes.map((lexeme) => match.hits[lexeme] ?? '').join('');
  return TEXT_FIELDS.reduce((sum, field) => {
    const count = found.split(field).length - 1;
    const length = averages[field] === 0 ? 1 : match.lengths[field] / averages[field];
    return sum + (FIELD_WEIGHT[field] * count) / (1 - LENGTH_EFFECT[field] + LENGTH_EFFECT[field] * length);
  }, 0);
}

function byScore(left: TextRank, right: TextRank): number {
  if (left.isWhole !== right.isWhole) return left.isWhole ? -1 : 1;
  if (left.score !== right.score) return right.score - left.score;
  return left.id < right.id ? -1 : 1;
}
