import { createWindows, type Allowance } from '../messenger/windows.ts';

export interface MaxLimits {
  /** All requests of one bot. */
  readonly bot: Allowance;
  /** Messages and edits in one dialog. */
  readonly chat: Allowance;
  /** Answers to presses in one dialog. */
  readonly answers: Allowance;
}

/** https://dev.max.ru/docs-api: 30 requests a second; 2 messages and 2 answers a second in a dialog. */
export const REAL_LIMITS: MaxLimits = {
  bot: { count: 30, windowMs: 1_000 },
  chat: { count: 2, windowMs: 1_000 },
  answers: { count: 2, windowMs: 1_000 },
};

export interface MaxRates {
  /** False = there were too many; it is not counted then. */
  take(kind: keyof MaxLimits, key: string): boolean;
  /** The most that any window held. */
  peaks(): Readonly<Record<keyof MaxLimits, number>>;
}

/** @param now  ms on a steady clock; injected so that tests need not wait */
export function createMaxRates(limits: MaxLimits, now: () => number): MaxRates {
  const windows = createWindows<keyof MaxLimits>(now);
  return {
    take: (kind, key) => windows.take([{ kind, key, allowance: limits[kind] }]) === null,
    peaks: () => ({ bot: windows.peak('bot'), chat: windows.peak('chat'), answers: windows.peak('answers') }),
  };
}
