/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number, 0 … limit − 1. */
  below(limit: number): number;
  /** True with this probability, 0..1. */
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T;
}

/** By the xorshift generator of 32 bits. */
export function randomOf(seed: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) | 1;
  const fraction = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    below,
    chance: (probability) => fraction() < probability,
    pick(list) {
      const [chosen] = list.slice(below(list.length));
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
  };
}
