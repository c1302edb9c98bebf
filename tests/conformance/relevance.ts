/** Ratings of one query's products, 0..3; a product without one was not judged. */
export type Ratings = ReadonlyMap<string, number>;

export interface Relevance {
  /** nDCG@10 with gain 2^rating - 1; products that were not judged count as 0. */
  readonly ndcg: number;
  /** The same over the judged products of the ranking alone. */
  readonly judgedOnly: number;
}

const DEPTH = 10;

/** How good a ranking is, or null when the query has no relevant product. @see Järvelin, Kekäläinen (2002) */
export function relevanceOf(ranking: readonly string[], ratings: Ratings): Relevance | null {
  const ideal = discountedGain([...ratings.values()].sort((left, right) => right - left));
  if (ideal === 0) return null;
  const rated = (ids: readonly string[]) => discountedGain(ids.map((id) => ratings.get(id) ?? 0)) / ideal;
  return { ndcg: rated(ranking), judgedOnly: rated(ranking.filter((id) => ratings.has(id))) };
}

const discountedGain = (ratings: readonly number[]): number =>
  ratings.slice(0, DEPTH).reduce((sum, rating, place) => sum + (2 ** rating - 1) / Math.log2(place + 2), 0);
