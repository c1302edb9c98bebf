import { createWindows, type Allowance } from '../messenger/windows.ts';

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
  const windows = createWindows<keyof BotApiLimits>(now);
  return {
    take(bot, chatId) {
      const isGroup = chatId.startsWith('-') || chatId.startsWith('@');
      const key = `${bot} ${chatId}`;
      return windows.take([
        { kind: 'bot', key: bot, allowance: limits.bot },
        { kind: 'chat', key, allowance: limits.chat },
        ...(isGroup ? [{ kind: 'group' as const, key, allowance: limits.group }] : []),
      ]);
    },
    peaks: () => ({ bot: windows.peak('bot'), chat: windows.peak('chat'), group: windows.peak('group') }),
  };
}
