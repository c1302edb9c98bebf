/** At most `count` in any `windowMs`. */
export interface Allowance {
  readonly count: number;
  readonly windowMs: number;
}

export interface BotApiLimits {
  /** All messages of one bot. */
  readonly bot: Allowance;
  /** To one chat, a small burst included. */
  readonly chat: Allowance;
  /** To one group or channel, besides. */
  readonly group: Allowance;
}

/** Telegram's: 30 a second; about one a second to a chat, with bursts; 20 a minute to a group or channel. */
export const REAL_LIMITS: BotApiLimits = {
  bot: { count: 30, windowMs: 1_000 },
  chat: { count: 3, windowMs: 3_000 },
  group: { count: 20, windowMs: 60_000 },
};

export interface RateKeeper {
  /** Counts a message; or, without counting it, says for how long too many were sent, ms. */
  take(bot: string, chatId: string): number | null;
  /** The most messages that any window held, over all bots or chats. */
  peaks(): { readonly bot: number; readonly chat: number; readonly group: number };
}

/** @param now  ms on a steady clock; injected so that tests need not wait */
export function createRateKeeper(limits: BotApiLimits, now: () => number): RateKeeper {
  const logs = new Map<string, number[]>();
  const peaks = { bot: 0, chat: 0, group: 0 };
  return {
    take(bot, chatId) {
      const at = now();
      const kinds = chatId.startsWith('-') || chatId.startsWith('@') ? KINDS : KINDS.slice(0, 2);
      const windows = kinds.map((kind) => {
        const key = `${kind} ${bot} ${kind === 'bot' ? '' : chatId}`;
        const recent = (logs.get(key) ?? []).filter((time) => time > at - limits[kind].windowMs);
        return { key, kind, recent };
      });
      const waits = windows.map(({ kind, recent }) => {
        const { count, windowMs } = limits[kind];
        const blocking = recent.at(-count);
        return blocking === undefined ? 0 : blocking + windowMs - at;
      });
      const waitMs = Math.max(...waits);
      if (waitMs > 0) return waitMs;
      for (const { key, kind, recent } of windows) {
        recent.push(at);
        logs.set(key, recent);
        peaks[kind] = Math.max(peaks[kind], recent.length);
      }
      return null;
    },
    peaks: () => ({ ...peaks }),
  };
}
const KINDS = ['bot', 'chat', 'group'] as const;
