/** One phrase and what must come of it: a definition, or the question that must be asked. */
export interface PhraseCase {
  readonly phrase: string;
  /** The moment it is said, ms since 1970. */
  readonly nowMs: number;
  readonly zone: string;
  readonly expected:
    { readonly text: string; readonly start: string; readonly rule: string | null } | { readonly question: string };
}

/** `phrase | text | start (to the minute or second) | rule`, or `phrase | ?question`; the rule is left out where there is none. */
export function phraseCases(nowIso: string, zone: string, lines: string): PhraseCase[] {
  const nowMs = Date.parse(nowIso);
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [phrase = '', text = '', start = '', rule] = line.split('|').map((cell) => cell.trim());
      if (text.startsWith('?')) return { phrase, nowMs, zone, expected: { question: text.slice(1) } };
      const full = start.length === 16 ? `${start}:00` : start;
      return { phrase, nowMs, zone, expected: { text, start: full, rule: rule ?? null } };
    });
}
