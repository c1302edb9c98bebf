const DECIMAL = /^\d+$/;

/** Orders ids: decimal ones as numbers of any length and before all others, which go by their characters. */
export function compareIds(a: string, b: string): number {
  const areNumbers = Number(DECIMAL.test(b)) - Number(DECIMAL.test(a));
  if (areNumbers !== 0) return areNumbers;
  if (a.length !== b.length && DECIMAL.test(a)) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
