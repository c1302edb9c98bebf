/** Vectors as embeddings of products are: many numbers, few directions that matter, and noise. */
export interface Sampler {
  vector(): Float32Array;
  /** Near to a vector that may be in the sample, but no copy of it. */
  near(vector: Float32Array): Float32Array;
}

const DIRECTIONS = 48;
const NOISE = 0.25;

/** A sampler that gives the same vectors for the same seed. */
export function createSampler(dimensions: number, seed: number): Sampler {
  const random = mulberry32(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const basis = Array.from({ length: DIRECTIONS }, () =>
    Float32Array.from({ length: dimensions }, () => gauss() / Math.sqrt(dimensions)),
  );
  const noise = () => (NOISE * gauss()) / Math.sqrt(dimensions);
  return {
    vector() {
      const sums = Float32Array.from({ length: dimensions }, noise);
      for (const direction of basis) {
        const weight = gauss() / Math.sqrt(DIRECTIONS);
        for (let place = 0; place < dimensions; place += 1)
          sums[place] = (sums[place] ?? 0) + weight * (direction[place] ?? 0);
      }
      return sums;
    },
    near: (vector) => vector.map((value) => value + noise()),
  };
}

/** @see Tommy Ettinger's mulberry32 */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
