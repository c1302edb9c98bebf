import type { Piece } from './pieces.ts';
import type { Token } from './tokens.ts';

/** What a rule's pattern found, by the names of its groups. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** One rule of the grammar: a pattern over symbols, and what it means; null = this is something else. */
export interface GrammarRule {
  readonly pattern: RegExp;
  readonly mean: (groups: Groups, text: string) => readonly Piece[] | null;
}

/** Writes a rule; in patterns a space parts symbols, and `#` stands for what is understood already. */
export function rule(
  pattern: string,
  mean: (groups: Groups, text: string) => Piece | readonly Piece[] | null,
): GrammarRule {
  return {
    pattern: new RegExp(`(?<= )(?:${pattern})(?= )`, 'gu'),
    mean: (groups, text) => {
      const meant = mean(groups, text);
      return meant === null || Array.isArray(meant) ? meant : [meant].flat();
    },
  };
}

/** What was understood of a phrase, and of which tokens. */
export interface Scanned {
  readonly pieces: readonly Piece[];
  /** By token: whether it is part of a piece. */
  readonly taken: readonly boolean[];
  /** By token: which piece it belongs to, by its place in `pieces`. */
  readonly owner: readonly (number | undefined)[];
  /** Symbols between spaces; those of pieces are `#`. */
  readonly line: string;
}

/** Lets each rule in turn take what it knows. */
export function scan(tokens: readonly Token[], rules: readonly GrammarRule[]): Scanned {
  let line = ' ';
  const starts = tokens.map(({ symbol }) => {
    const at = line.length;
    line += `${symbol} `;
    return at;
  });
  const pieces: Piece[] = [];
  const owners: { from: number; to: number; piece: number }[] = [];
  for (const { pattern, mean } of rules) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
      const meant = mean(match.groups ?? {}, match[0]);
      if (meant === null) continue;
      owners.push({ from: match.index, to: match.index + match[0].length, piece: pieces.length });
      pieces.push(...meant);
      line = line.slice(0, match.index) + '#'.repeat(match[0].length) + line.slice(match.index + match[0].length);
    }
  }
  const owner = starts.map((at) => owners.find(({ from, to }) => at >= from && at < to)?.piece);
  return { pieces, taken: owner.map((piece) => piece !== undefined), owner, line };
}
