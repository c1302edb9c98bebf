/**
 * Whether a path with query matches a glob in which `*` is any run of characters and everything else is literal.
 * A pattern without a leading `/` or `*` may match anywhere. Runs in linear steps over the text per star.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const anchored = /^[/*]/.test(pattern) ? pattern : `*${pattern}`;
  const [first = '', ...pieces] = anchored.split('*');
  if (!text.startsWith(first)) return false;
  const last = pieces.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether the path and query of an address match any of the globs. */
export function matchesAny(patterns: readonly string[], address: string): boolean {
  if (patterns.length === 0) return false;
  const url = URL.parse(address);
  return url !== null && patterns.some((pattern) => matchesGlob(pattern, url.pathname + url.search));
}
