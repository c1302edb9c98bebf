/** One system's answer. */
export interface RankedList {
  /** Best first; a repeated id counts where it stands first. */
  readonly ids: readonly string[];
  /** How much this system counts beside the others, >= 0. */
  readonly weight: number;
}

/** An id with its fused score; higher is better. */
export interface FusedRank {
  readonly id: string;
  readonly score: number;
}

/** Rank constant of the paper: large enough that one system's first place does not outvote two systems' fifth. */
const RANK_CONSTANT = 60;

/**
 * Reciprocal rank fusion: the score of an id is the sum of weight / (k + rank) over the lists it is in, rank from 1.
 * Ties are broken by id, so that the same lists always give the same order.
 * @param rankConstant  k, > 0
 * @throws RangeError for a negative weight or k <= 0
 * @see Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet (SIGIR 2009)
 */
export function fuseRanks(lists: readonly RankedList[], rankConstant = RANK_CONSTANT): FusedRank[] {
  if (!(rankConstant > 0)) throw new RangeError(`the rank constant must be > 0, got ${rankConstant}`);
  const scores = new Map<string, number>();
  for (const { ids, weight } of lists) {
    if (!(weight >= 0)) throw new RangeError(`a weight must be >= 0, got ${weight}`);
    let rank = 0;
    for (const id of new Set(ids)) {
      rank += 1;
      scores.set(id, (scores.get(id) ?? 0) + weight / (rankConstant + rank));
    }
  }
  return Array.from(scores, ([id, score]) => ({ id, score })).sort(byScore);
}

function byScore(left: FusedRank, right: FusedRank): number {
  if (left.score !== right.score) return right.score - left.score;
  return left.id < right.id ? -1 : 1;
}
