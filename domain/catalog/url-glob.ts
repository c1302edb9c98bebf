/** Whether a text matches a glob in which `*` is any run of characters, also an empty one; linear in time and memory. */
export function matchesGlob(glob: string, text: string): boolean {
  const pieces = glob.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return text === glob;
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/**
 * Whether path and query of an absolute URL match any of the globs; a glob that starts with `http` is matched to the
 * whole URL.
 */
export function matchesAnyUrlGlob(globs: readonly string[], url: string): boolean {
  if (globs.length === 0) return false;
  const parsed = URL.parse(url);
  const path = parsed === null ? null : parsed.pathname + parsed.search;
  return globs.some((glob) =>
    /^https?:\/\//.test(glob) ? matchesGlob(glob, url) : path !== null && matchesGlob(glob, path),
  );
}
