import { lexicalFeatures, mix } from './lexical-features.ts';

/** Length of a lexical vector; below pgvector's limit for an index. */
export const LEXICAL_DIMENSIONS = 1536;

/** Buckets of a frequency table; features that share one only blur each other's weight a little. */
const BUCKETS = 1 << 17;

/** In how many documents of a catalogue each feature occurs, by bucket of its hash. */
export interface FrequencyTable {
  readonly documents: number;
  /** One count for each bucket, all zero for an unknown catalogue. */
  readonly counts: Uint32Array;
}

/** A frequency table under the name it is stored by; vectors of different snapshots must never be compared. */
export interface FrequencySnapshot extends FrequencyTable {
  readonly name: string;
}

/** The model name stored beside every vector made with a snapshot: `hash-v1:<snapshot>`. */
export function lexicalModelName(snapshot: Pick<FrequencySnapshot, 'name'>): string {
  return `hash-v1:${snapshot.name}`;
}

const bucketOf = (feature: number): number => mix(feature ^ 0x5bd1e995) & (BUCKETS - 1);

/** Counts the features of a catalogue's texts; a large one is counted part by part, each on top of the parts before. */
export function countFrequencies(texts: Iterable<string>, before?: FrequencyTable): FrequencyTable {
  const counts = before === undefined ? new Uint32Array(BUCKETS) : before.counts.slice();
  let documents = before?.documents ?? 0;
  for (const text of texts) {
    documents += 1;
    const buckets = new Set<number>();
    for (const feature of lexicalFeatures(text).keys()) buckets.add(bucketOf(feature));
    for (const bucket of buckets) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return { documents, counts };
}

/**
 * The lexical hash vector of a text: it matches spelling, not meaning.
 * Each feature adds ±sqrt(tf) · ln(1 + N / (1 + df)) to one of {@link LEXICAL_DIMENSIONS} places; the sum has length 1.
 * @returns null when the text has no words, so that no zero vector is ever stored
 * @throws RangeError when the snapshot's table has another size than this version makes
 */
export function embedLexically(text: string, snapshot: FrequencyTable): Float32Array | null {
  if (snapshot.counts.length !== BUCKETS) {
    throw new RangeError(`a frequency table has ${BUCKETS} buckets, got ${snapshot.counts.length}`);
  }
  const sums = new Float64Array(LEXICAL_DIMENSIONS);
  // An empty catalogue makes all features equally rare, not weightless.
  const documents = Math.max(1, snapshot.documents);
  for (const [feature, count] of lexicalFeatures(text)) {
    const rarity = Math.log(1 + documents / (1 + (snapshot.counts[bucketOf(feature)] ?? 0)));
    const place = (feature >>> 1) % LEXICAL_DIMENSIONS;
    const weight = Math.sqrt(count) * rarity;
    sums[place] = (sums[place] ?? 0) + ((feature & 1) === 0 ? weight : -weight);
  }
  return normalised(sums);
}

function normalised(sums: Float64Array): Float32Array | null {
  let squares = 0;
  for (const value of sums) squares += value * value;
  if (squares === 0) return null;
  const scale = 1 / Math.sqrt(squares);
  const vector = new Float32Array(sums.length);
  for (let place = 0; place < sums.length; place += 1) vector[place] = (sums[place] ?? 0) * scale;
  return vector;
}
