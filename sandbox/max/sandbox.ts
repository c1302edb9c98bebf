import { createHash } from 'node:crypto';
import type { Changes } from '../messenger/changes.ts';
import type { Faults } from '../messenger/faults.ts';
import type { Files } from '../messenger/files.ts';
import type { UpdateLog } from '../messenger/update-log.ts';
import type { Webhooks } from '../messenger/webhook.ts';
import type { MaxRates } from './limits.ts';
import type { SettingsStore } from './settings.ts';
import type { MaxStore } from './state.ts';
import type { Uploads } from './uploads.ts';

export interface Violation {
  /** E.g. `POST /messages`. */
  readonly method: string;
  readonly problem: string;
}

export interface SeenRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Counters {
  readonly requests: Readonly<Record<string, number>>;
  /** Answers 429 that the limits gave. */
  readonly limited: number;
  readonly peaks: ReturnType<MaxRates['peaks']>;
}

export interface Press {
  readonly bot: string;
  readonly person: number;
  readonly mid: string;
}

export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

export interface MaxSandbox {
  /** Where this server is, for the addresses that it gives out. */
  url: string;
  readonly changes: Changes;
  readonly files: Files;
  readonly store: MaxStore;
  readonly settings: SettingsStore;
  readonly updates: UpdateLog;
  readonly webhooks: Webhooks;
  readonly uploads: Uploads;
  /** Presses that wait for their answer, by callback id. */
  readonly presses: Map<string, Press>;
  /** What presses were answered with, by bot and person. */
  readonly toasts: Map<string, readonly Toast[]>;
  /** Bots that ask for updates. */
  readonly polling: Set<string>;
  readonly faults: Faults;
  readonly rates: MaxRates;
  readonly violations: Violation[];
  readonly requests: SeenRequest[];
  readonly counts: Map<string, number>;
  readonly revoked: Set<string>;
  readonly seen: Set<string>;
  /** Of the world, for the age of messages, ms. */
  readonly clock: () => number;
  limited: number;
}

export const countersOf = ({ counts, limited, rates }: MaxSandbox): Counters => ({
  requests: Object.fromEntries(counts),
  limited,
  peaks: rates.peaks(),
});

/** The bot that a token belongs to: tokens of MAX do not tell. */
export const botIdOf = (token: string): string =>
  String(100_000_000 + (createHash('sha256').update(token).digest().readUInt32BE() % 900_000_000));
