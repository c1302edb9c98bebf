/** Share of the words of the shorter text that the other one has too, 0..1; letter case and punctuation ignored. */
export function wordOverlap(one: string, other: string): number {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  const smaller = first.size <= second.size ? first : second;
  const larger = smaller === first ? second : first;
  if (smaller.size === 0) return 0;
  let shared = 0;
  for (const word of smaller) if (larger.has(word)) shared += 1;
  return shared / smaller.size;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .slice(0, 500)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}
