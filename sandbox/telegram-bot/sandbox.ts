import type { Changes } from '../messenger/changes.ts';
import type { Faults } from '../messenger/faults.ts';
import type { UpdateLog } from '../messenger/update-log.ts';
import type { Webhooks } from '../messenger/webhook.ts';
import type { Callbacks } from './callbacks.ts';
import type { RateKeeper } from './limits.ts';
import type { SettingsStore } from './settings.ts';
import type { ChatStore } from './state.ts';

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
  readonly changes: Changes;
  readonly store: ChatStore;
  readonly settings: SettingsStore;
  readonly updates: UpdateLog;
  readonly webhooks: Webhooks;
  readonly callbacks: Callbacks;
  /** The open getUpdates of each bot: a later one ends it. */
  readonly polls: Map<string, AbortController>;
  readonly faults: Faults;
  readonly rates: RateKeeper;
  readonly violations: Violation[];
  readonly requests: SeenRequest[];
  readonly counts: Map<string, number>;
  readonly revoked: Set<string>;
  /** Bots that have asked for anything. */
  readonly seen: Set<string>;
  readonly latencyMs: number;
  limited: number;
}

export const countersOf = ({ counts, limited, rates }: Sandbox): Counters => ({
  requests: Object.fromEntries(counts),
  limited,
  peaks: rates.peaks(),
});
