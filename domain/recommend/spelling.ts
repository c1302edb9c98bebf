/** A word of the catalogue. */
export interface KnownWord {
  readonly word: string;
  /** Products that contain it, > 0. */
  readonly products: number;
}

/** In short words nearly every change gives another word; long ones keep their shape. */
const ONE_CHANGE_FROM = 4;
const TWO_CHANGES_FROM = 8;
/** Words given for one, at most. */
const MOST = 3;

/**
 * The known words that a misspelt word may stand for: those with the fewest changed, missing, added or swapped letters
 * (one; from eight letters on two), the most frequent first. Short words, and words with digits, are never guessed.
 * @param word  as the index spells words: lower case, stemmed
 */
export function likelyWords(word: string, vocabulary: readonly KnownWord[]): KnownWord[] {
  if (word.length < ONE_CHANGE_FROM || !/^\p{L}+$/u.test(word)) return [];
  let most = word.length < TWO_CHANGES_FROM ? 1 : 2;
  let best: KnownWord[] = [];
  for (const known of vocabulary) {
    if (Math.abs(known.word.length - word.length) > most) continue;
    const changes = distance(word, known.word);
    if (changes > most) continue;
    if (changes < most) best = [];
    most = changes;
    best.push(known);
  }
  return best.sort(byFrequency).slice(0, MOST);
}

function byFrequency(left: KnownWord, right: KnownWord): number {
  if (left.products !== right.products) return right.products - left.products;
  return left.word < right.word ? -1 : 1;
}

/** Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours. */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const changed = at(last, column - 1) + (same ? 0 : 1);
      let cost = Math.min(changed, at(last, column) + 1, at(current, column - 1) + 1);
      const swapped = column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1);
      current.push(cost);
    }
    before = last;
    last = current;
  }
  return at(last, right.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
