import { mix } from '../../domain/recommend/lexical-features.ts';
import { searchWords } from '../../domain/recommend/query-text.ts';

/** A deterministic stand-in for a model: texts with the same words are near, length 1. */
export function standInEmbedding(text: string, dimensions: number): number[] {
  const sums = new Array<number>(dimensions).fill(0.1);
  for (const word of searchWords(text)) {
    let hash = 0;
    for (const char of word) hash = mix(Math.imul(hash, 31) + (char.codePointAt(0) ?? 0));
    sums[hash % dimensions] = (sums[hash % dimensions] ?? 0) + 1;
  }
  const length = Math.hypot(...sums);
  return sums.map((value) => value / length);
}
