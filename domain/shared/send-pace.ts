/** At most `count` in any `windowMs`. */
export interface RateWindow {
  readonly count: number;
  readonly windowMs: number;
}

/** What a messenger allows one bot: in all, to one chat, and to one group or channel besides. */
export interface SendLimits {
  readonly bot: RateWindow;
  readonly chat: RateWindow;
  readonly group: RateWindow;
}

/** Telegram's, from core.telegram.org/bots/faq. */
export const TELEGRAM_LIMITS: SendLimits = {
  bot: { count: 30, windowMs: 1_000 },
  chat: { count: 1, windowMs: 1_000 },
  group: { count: 20, windowMs: 60_000 },
};

/**
 * MAX's, from dev.max.ru: 30 requests a second of any kind, of which some are left for reading updates and for what a start
 * asks; two messages a second to a chat, and two answers to buttons besides.
 */
export const MAX_LIMITS: SendLimits = {
  bot: { count: 25, windowMs: 1_000 },
  chat: { count: 2, windowMs: 1_000 },
  group: { count: 2, windowMs: 1_000 },
};

/** Clocks count ms differently; a window is taken for so much longer, as a share of it. */
const MARGIN = 0.003;

/**
 * Says when one bot may send, within limits that the other side measures when messages ARRIVE. A message counts from its
 * start until a window after its answer, so however slow the network is, no window of the other side holds too many.
 * One message at a time for each chat. Times are ms on any steady clock of the caller.
 */
export interface SendPace {
  /** ms until the bot may send anything, ≥ 0; null = an answer must come first. */
  botReadyIn(now: number): number | null;
  /** ms until this chat may be sent to, as far as the chat goes; null = its answer must come first. */
  chatReadyIn(chatId: string, now: number): number | null;
  started(chatId: string): void;
  /** Whatever the answer was, also none. */
  answered(chatId: string, now: number): void;
}

/** @param past  messages sent before, oldest first, at their time on the same clock */
export function createSendPace(
  limits: SendLimits,
  past: readonly { readonly chatId: string; readonly at: number }[] = [],
): SendPace {
  const keptMs = withMargin(Math.max(limits.bot.windowMs, limits.chat.windowMs, limits.group.windowMs));
  const bot = { flying: 0, answers: past.map(({ at }) => at) };
  const chats = new Map<string, { flying: number; answers: number[] }>();
  const chat = (chatId: string) => {
    const known = chats.get(chatId) ?? { flying: 0, answers: [] };
    chats.set(chatId, known);
    return known;
  };
  for (const { chatId, at } of past) chat(chatId).answers.push(at);
  return {
    botReadyIn: (now) => readyIn(limits.bot, bot, now),
    chatReadyIn(chatId, now) {
      const known = chats.get(chatId);
      if (known === undefined) return 0;
      if (known.flying > 0) return null;
      const single = readyIn(limits.chat, known, now);
      const group = isGroup(chatId) ? readyIn(limits.group, known, now) : 0;
      return single === null || group === null ? null : Math.max(single, group);
    },
    started(chatId) {
      bot.flying += 1;
      chat(chatId).flying += 1;
    },
    answered(chatId, now) {
      for (const log of [bot, chat(chatId)]) {
        log.flying -= 1;
        log.answers = log.answers.filter((at) => at > now - keptMs);
        log.answers.push(now);
      }
    },
  };
}

const isGroup = (chatId: string): boolean => chatId.startsWith('-');
const withMargin = (windowMs: number): number => windowMs * (1 + MARGIN);

interface Log {
  readonly flying: number;
  /** In order of time. */
  readonly answers: readonly number[];
}

function readyIn({ count, windowMs }: RateWindow, { flying, answers }: Log, now: number): number | null {
  const free = count - flying;
  if (free <= 0) return null;
  const blocking = answers.at(-free);
  return blocking === undefined ? 0 : Math.max(0, blocking + withMargin(windowMs) - now);
}
