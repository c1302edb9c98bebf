import type { Faults } from './faults.ts';
import type { RateKeeper } from './limits.ts';
import type { ChatStore } from './state.ts';
import type { UpdateQueue } from './updates.ts';

export interface Violation {
  readonly method: string;
  readonly problem: string;
}

export interface Counters {
  /** Requests by method, and answers 429 that the limits gave. */
  readonly requests: Readonly<Record<string, number>>;
  readonly limited: number;
  /** Most messages that one window of the limits held. */
  readonly peaks: ReturnType<RateKeeper['peaks']>;
}

export interface SeenRequest {
  readonly method: string;
  /** Files are `{ bytes }`. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Sandbox {
  readonly store: ChatStore;
  readonly updates: UpdateQueue;
  readonly faults: Faults;
  readonly rates: RateKeeper;
  readonly violations: Violation[];
  readonly requests: SeenRequest[];
  readonly counts: Map<string, number>;
  readonly revoked: Set<string>;
  readonly latencyMs: number;
  limited: number;
}

export const countersOf = ({ counts, limited, rates }: Sandbox): Counters => ({
  requests: Object.fromEntries(counts),
  limited,
  peaks: rates.peaks(),
});
