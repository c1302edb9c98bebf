import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { DrainReport, SendOutboxInput } from '../../contracts/messages.ts';
import { takeOver } from '../../db/repositories/outbox.ts';
import { createSendPace, TELEGRAM_LIMITS, type SendLimits } from '../../domain/shared/send-pace.ts';
import type { TelegramBots } from '../ports/telegram-bot.ts';
import { drain } from './drain-outbox.ts';

export interface SendingDeps {
  readonly orm: MikroORM;
  readonly bots: TelegramBots;
  /** The token of the user's bot in clear; null = none is set. */
  readonly botTokenOf: (userId: string) => Promise<string | null>;
  /** Default: Telegram's. */
  readonly limits?: SendLimits;
}

const HEARTBEAT_MS = 1_000;
/** Past messages count for so long and a little longer, as a share. */
const PAST = 1.1;

/** Activities that send what is in outboxes. */
export function createSendingActivities({ orm, bots, botTokenOf, limits = TELEGRAM_LIMITS }: SendingDeps) {
  return {
    /**
     * Sends a user's outbox until nothing is left, or until the next message has to wait for long. Safe to repeat and to
     * kill: at most one message of each chat is under way, and only that one's outcome can be unknown afterwards.
     */
    async drainOutbox({ userId }: SendOutboxInput): Promise<DrainReport> {
      const beat = setInterval(heartbeat, HEARTBEAT_MS);
      try {
        const token = await botTokenOf(userId);
        const sender = await takeOver(orm.em.fork(), { userId, pastMs: longest(limits) * PAST });
        if (token === null) return { sent: 0, nextInMs: null, stuck: 'no-bot-token' };
        const now = performance.now();
        const past = sender.past.map(({ chatId, agoMs }) => ({ chatId, at: now - agoMs }));
        const sending = {
          ...{ orm, userId, fence: sender.fence, bot: bots.open(token), botId: botIdOf(token) },
          pace: createSendPace(limits, past),
          signal: cancellationSignal(),
          limitedChats: new Map<string, number>(),
        };
        return await drain(sending, now + sender.pausedMs);
      } finally {
        clearInterval(beat);
      }
    },
  };
}
export type SendingActivities = ReturnType<typeof createSendingActivities>;

const longest = ({ bot, chat, group }: SendLimits): number => Math.max(bot.windowMs, chat.windowMs, group.windowMs);

/** The part of a token that is no secret. */
const botIdOf = (token: string): string => /^\d{1,18}/.exec(token)?.[0] ?? '0';
