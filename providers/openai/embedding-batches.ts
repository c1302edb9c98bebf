/** Limits of one request, below those of the API (2,048 inputs, 300,000 tokens). */
const MOST_TEXTS = 256;
const MOST_TOKENS = 100_000;
/** Of a longer text only the beginning is embedded: below 8,192 tokens in any language. */
const MOST_CHARACTERS = 8_000;
/** A cautious guess: Cyrillic has about two characters in a token, English four. */
const CHARACTERS_PER_TOKEN = 2;

/** A text that the API accepts: not empty, and not longer than a model reads. */
export const embeddable = (text: string): string => (text.trim() === '' ? '-' : text.slice(0, MOST_CHARACTERS));

/** Splits texts into requests by their number and estimated tokens, in order. */
export function embeddingBatches(texts: readonly string[]): string[][] {
  const batches: string[][] = [];
  let batch: string[] = [];
  let tokens = 0;
  for (const text of texts) {
    const more = Math.ceil(text.length / CHARACTERS_PER_TOKEN);
    if (batch.length > 0 && (batch.length === MOST_TEXTS || tokens + more > MOST_TOKENS)) {
      batches.push(batch);
      batch = [];
      tokens = 0;
    }
    batch.push(text);
    tokens += more;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
