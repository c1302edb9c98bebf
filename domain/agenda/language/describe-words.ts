import type { RuleParts } from '../rule-parts.ts';
import type { RuleShape, RuleTimes } from './rule-shape.ts';

/** How a language speaks of rules. */
export interface RuleWords {
  /** The days of a rule; `other` never comes here. */
  readonly days: (shape: Exclude<RuleShape, { is: 'other' | 'step' }>) => string;
  readonly step: (shape: Extract<RuleShape, { is: 'step' }>, startMinutes: number) => string;
  readonly times: (times: RuleTimes) => string;
  /** A rule that takes more than a phrase, part by part. */
  readonly parts: (parts: RuleParts) => string;
  readonly count: (count: number) => string;
  /** `YYYY-MM-DD`, the last day. */
  readonly until: (date: string) => string;
  readonly date: (date: string) => string;
}

/** Days of the month as a list: even, odd, or some. */
export function parityOf(days: readonly number[]): 'even' | 'odd' | null {
  const isAll = (first: number): boolean =>
    days.join() === Array.from({ length: first === 1 ? 16 : 15 }, (_, index) => first + 2 * index).join();
  if (isAll(2)) return 'even';
  return isAll(1) ? 'odd' : null;
}
