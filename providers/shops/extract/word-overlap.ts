/** Share of the words of the shorter text that the other one has too, 0..1; letter case and punctuation ignored. */
export function wordOverlap(one: string, other: string): number {
  return sharedWords(wordsOf(one), wordsOf(other));
}

/** The same for the words of two texts. */
export function sharedWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [smaller, larger] = one.size <= other.size ? [one, other] : [other, one];
  if (smaller.size === 0) return 0;
  let shared = 0;
  for (const word of smaller) if (larger.has(word)) shared += 1;
  return shared / smaller.size;
}

/** Words and numbers of the first 500 characters, lower case, each once. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .slice(0, 500)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}
