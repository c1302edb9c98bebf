import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { DrainReport, SendOutboxInput } from '../../contracts/messages.ts';
import { takeOver } from '../../db/repositories/outbox.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { userSender, type OutboxKind, type SenderKey } from '../../domain/shared/outbox-message.ts';
import { createSendPace, MAX_LIMITS, TELEGRAM_LIMITS, type SendLimits } from '../../domain/shared/send-pace.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { TelegramBots } from '../ports/telegram-bot.ts';
import { drain } from './drain-outbox.ts';
import { lanesOf } from './send-lanes.ts';
import type { Sending } from './send-message.ts';

export interface SendingDeps {
  readonly orm: MikroORM;
  readonly bots: TelegramBots;
  /** The token of the user's bot in clear; null = none is set. */
  readonly botTokenOf: (userId: string) => Promise<string | null>;
  /** The program's own bots; null = there is none in this messenger. */
  readonly own?: Readonly<Record<MessengerName, OwnBot | null>>;
  /** Default: each messenger's. */
  readonly limits?: SendLimits;
}

export interface OwnBot {
  readonly bot: Messenger;
  /** Decimal: the part of the token that is no secret. */
  readonly botId: string;
}

const HEARTBEAT_MS = 1_000;
/** Past messages count for so long and a little longer, as a share. */
const PAST = 1.1;
/** Own bots: what a messenger that answers in time would take long before. */
const OWN_ATTEMPTS = 20;

/** Who sends, and how. */
type Speaker = Pick<Sending, 'sender' | 'own' | 'mostAttempts'> & {
  /** null = nobody can. */
  readonly bot: Pick<Sending, 'bot' | 'botId'> | null;
  readonly limits: SendLimits;
};

/** Activities that send what is in outboxes. */
export function createSendingActivities({ orm, bots, botTokenOf, own, limits }: SendingDeps) {
  const speaker = async (input: SendOutboxInput): Promise<Speaker> => {
    if ('sender' in input) {
      const { sender } = input;
      const ownLimits = limits ?? (sender === 'max' ? MAX_LIMITS : TELEGRAM_LIMITS);
      return { sender, own: sender, mostAttempts: OWN_ATTEMPTS, bot: own?.[sender] ?? null, limits: ownLimits };
    }
    const token = await botTokenOf(input.userId);
    const bot = token === null ? null : { bot: bots.open(token), botId: botIdOf(token) };
    const sender = userSender(input.userId);
    return { sender, own: null, mostAttempts: 1, bot, limits: limits ?? TELEGRAM_LIMITS };
  };
  return {
    /**
     * Sends an outbox until nothing is left, or until the next message has to wait for long. Safe to repeat and to kill: at
     * most one message of each chat (and one answer to a button) is under way, and only that one's outcome can be unknown
     * afterwards.
     */
    async drainOutbox(input: SendOutboxInput): Promise<DrainReport> {
      const beat = setInterval(heartbeat, HEARTBEAT_MS);
      try {
        const { bot, limits: kept, ...who } = await speaker(input);
        const taken = await takeOver(orm.em.fork(), { ...who, pastMs: longest(kept) * PAST });
        if (bot === null) return { sent: 0, nextInMs: null, stuck: 'no-bot-token' };
        const now = performance.now();
        const past = taken.past.flatMap((message) => lanesIn(who.sender, message, now));
        const sending = {
          ...{ orm, ...who, ...bot, fence: taken.fence },
          pace: createSendPace(kept, past),
          signal: cancellationSignal(),
          limitedChats: new Map<string, number>(),
        };
        return await drain(sending, now + taken.pausedMs);
      } finally {
        clearInterval(beat);
      }
    },
  };
}
export type SendingActivities = ReturnType<typeof createSendingActivities>;

interface Past {
  readonly chatId: string;
  readonly kind: OutboxKind;
  readonly agoMs: number;
}

const lanesIn = (sender: SenderKey, { chatId, kind, agoMs }: Past, now: number) =>
  lanesOf(sender, { chatId, payload: { kind } }).map((lane) => ({ chatId: lane, at: now - agoMs }));

const longest = ({ bot, chat, group }: SendLimits): number => Math.max(bot.windowMs, chat.windowMs, group.windowMs);

/** The part of a token that is no secret. */
const botIdOf = (token: string): string => /^\d{1,18}/.exec(token)?.[0] ?? '0';
