/** Bounds of a channel rule, inclusive; null = open. Prices in whole Stars, supplies in copies. */
export interface RuleRanges {
  readonly priceMin: number | null;
  readonly priceMax: number | null;
  readonly supplyMin: number | null;
  readonly supplyMax: number | null;
}

const BOUNDS = ['priceMin', 'priceMax', 'supplyMin', 'supplyMax'] as const;
const PAIRS = [
  ['priceMin', 'priceMax'],
  ['supplyMin', 'supplyMax'],
] as const;

export interface RuleProblem<F extends string> {
  readonly field: F;
  /** For people. */
  readonly message: string;
}

/** Everything that is wrong with the ranges of a channel rule; none = they can be kept. */
export function rangeProblems(ranges: RuleRanges): RuleProblem<keyof RuleRanges>[] {
  const bad = BOUNDS.filter((field) => ranges[field] !== null && !isCount(ranges[field]));
  const crossed = PAIRS.filter(([min, max]) => (ranges[min] ?? 0) > (ranges[max] ?? Infinity));
  return [
    ...bad.map((field) => ({ field, message: 'must be a whole number from 0, or null' })),
    ...crossed.map(([min, max]) => ({ field: max, message: `must be at least ${min}` })),
  ];
}

const isCount = (value: number | null): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

/** What decides whether money may be spent without asking. */
export interface SpendingRule {
  readonly autobuyOn: boolean;
  readonly capAccountStars: number | null;
  readonly capDropStars: number | null;
  readonly capDayStars: number | null;
  readonly buyWithoutCap: boolean;
}

/** Buying by itself takes a cap on what is spent, or the person's word that none is meant; null = the rule holds. */
export function spendingProblem(rule: SpendingRule): RuleProblem<'autobuyOn'> | null {
  const capped = rule.capAccountStars !== null || rule.capDropStars !== null || rule.capDayStars !== null;
  if (!rule.autobuyOn || capped || rule.buyWithoutCap) return null;
  return {
    field: 'autobuyOn',
    message: 'set capAccountStars, capDropStars or capDayStars first, or buyWithoutCap: true when no cap is meant',
  };
}
