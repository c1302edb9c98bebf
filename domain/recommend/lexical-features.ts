import { searchWords } from './query-text.ts';

/** Words beyond this many add nothing to a product's vector but time. */
const MOST_WORDS = 400;
/** Of longer "words" (encoded data, glued text) only the beginning counts. */
const LONGEST_WORD = 40;
const BIGRAM_WEIGHT = 0.5;
const GRAMS_WEIGHT = 0.6;
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** Start values that keep the kinds of features apart. */
const WORD_SEED = FNV_OFFSET;
const BIGRAM_SEED = 0x9747b28c;
const GRAM_SEED = 0x2f0b4a37;

function step(hash: number, codeUnit: number): number {
  return Math.imul(hash ^ codeUnit, FNV_PRIME);
}

function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = step(hash, text.charCodeAt(index));
  return mix(hash);
}

/** Spreads every input bit over the result, as a non-negative 32-bit number. @see MurmurHash3, fmix32 */
export function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function add(features: Map<number, number>, feature: number, weight: number): void {
  features.set(feature, (features.get(feature) ?? 0) + weight);
}

/** Character 3- to 5-grams of `<word>`; the hash is carried on from length to length. */
function addGrams(features: Map<number, number>, word: string): void {
  const marked = `<${word}>`;
  const starts = marked.length - SHORTEST_GRAM + 1;
  let count = 0;
  for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length += 1)
    count += Math.max(0, marked.length - length + 1);
  const weight = GRAMS_WEIGHT / Math.sqrt(count);
  for (let start = 0; start < starts; start += 1) {
    let hash = GRAM_SEED;
    const end = Math.min(marked.length, start + LONGEST_GRAM);
    for (let at = start; at < end; at += 1) {
      hash = step(hash, marked.charCodeAt(at));
      if (at - start + 1 >= SHORTEST_GRAM) add(features, mix(hash), weight);
    }
  }
}

/**
 * The features of a text: 32-bit hash → weighted count. Words weigh 1, word pairs 0.5, and the character n-grams of a
 * word 0.6 / sqrt(their number) each.
 */
export function lexicalFeatures(text: string): Map<number, number> {
  const features = new Map<number, number>();
  let previous = '';
  for (const word of searchWords(text).slice(0, MOST_WORDS)) {
    const known = word.slice(0, LONGEST_WORD);
    add(features, hashText(known, WORD_SEED), 1);
    if (previous !== '') add(features, hashText(`${previous} ${known}`, BIGRAM_SEED), BIGRAM_WEIGHT);
    addGrams(features, known);
    previous = known;
  }
  return features;
}
