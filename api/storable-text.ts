/** Paths of the texts in a JSON value that Postgres cannot hold: those with a NUL or half a surrogate pair. */
export function unstorableTexts(value: unknown, path: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => unstorableTexts(inner, [...path, name]));
}
