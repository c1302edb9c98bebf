import type { MikroORM } from '@mikro-orm/postgresql';
import type { DueMessage } from '../../db/repositories/outbox-queue.ts';
import { markSent, markUnsent, refuseChat } from '../../db/repositories/outbox-queue.ts';
import { pauseBot, pauseChat } from '../../db/repositories/outbox.ts';
import { putStickerFileId, stickerBytes, stickerFileId } from '../../db/repositories/stickers.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { SendPace } from '../../domain/shared/send-pace.ts';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { RateLimitedError } from '../../providers/errors.ts';
import type { BotMessage, TelegramBot } from '../ports/telegram-bot.ts';

export interface Sending {
  readonly orm: MikroORM;
  readonly userId: string;
  readonly fence: number;
  readonly bot: TelegramBot;
  /** Decimal: the part of the token that is no secret. */
  readonly botId: string;
  readonly pace: SendPace;
  readonly signal: AbortSignal;
  /** Chats that were told to wait in this drain, until when on the caller's clock. */
  readonly limitedChats: Map<string, number>;
}

/** Of an edit whose outcome stays unknown. */
const MOST_EDIT_ATTEMPTS = 5;

/** What one attempt means for the others. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** The message waits, or is settled; the rest goes on. */
  | { readonly kind: 'unsent' }
  | { readonly kind: 'bot-paused'; readonly ms: number }
  /** No answer that the Bot API gave itself. */
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'stuck'; readonly reason: string };

/** Sends one claimed message, counted as started, and records what came of it. Rejects only when the database does. */
export async function sendOne(sending: Sending, message: DueMessage): Promise<Outcome> {
  const { orm, userId, bot, botId, pace } = sending;
  const { id } = message;
  const out = await botMessage(sending, message);
  if (typeof out === 'string') {
    pace.answered(message.chatId, performance.now());
    await markUnsent(orm.em.fork(), { userId, id, state: 'refused', error: out });
    return { kind: 'unsent' };
  }
  const answer = await bot.send(out).catch((err: unknown) => ({ err }));
  pace.answered(message.chatId, performance.now());
  if ('err' in answer) return await notSent(sending, { message, out, err: answer.err });
  await markSent(orm.em.fork(), { userId, id, messageId: answer.messageId });
  if (message.payload.kind === 'sticker' && answer.fileId !== null) {
    const { contentHash } = message.payload;
    await putStickerFileId(orm.em.fork(), { contentHash, botId, fileId: answer.fileId });
  }
  return { kind: 'sent' };
}

/** The message as the bot takes it, or why it never can be sent. */
async function botMessage({ orm, botId }: Sending, message: DueMessage): Promise<BotMessage | string> {
  const { payload, chatId, targetMessageId } = message;
  switch (payload.kind) {
    case 'text':
      return { ...payload, chatId };
    case 'edit':
      return targetMessageId === null ? 'nothing to edit' : { ...payload, chatId, messageId: targetMessageId };
    case 'sticker': {
      const { contentHash, silent } = payload;
      const fileId = await stickerFileId(orm.em.fork(), { contentHash, botId });
      const tgs = fileId === null ? await stickerBytes(orm.em.fork(), contentHash) : null;
      return fileId === null && tgs === null
        ? 'the sticker is not kept'
        : { kind: 'sticker', chatId, tgs, fileId, silent };
    }
  }
}

interface Failed {
  readonly message: DueMessage;
  readonly out: BotMessage;
  readonly err: unknown;
}

async function notSent(sending: Sending, { message, out, err }: Failed): Promise<Outcome> {
  const { orm, userId } = sending;
  const error = err instanceof Error ? err.message : 'unknown error';
  const waits = { userId, id: message.id, state: 'pending', error } as const;
  if (err instanceof BotSendError) return await refusedOrUnknown(sending, { message, out, err });
  await markUnsent(orm.em.fork(), waits);
  if (err instanceof RateLimitedError) return await limited(sending, message.chatId, Math.max(1, err.retryAfterMs));
  return err instanceof DomainError ? { kind: 'stuck', reason: err.code } : { kind: 'not-reached' };
}

/**
 * The messenger does not say whether the chat or the whole bot is meant. A chat is taken at first; when a second one is told
 * to wait in the same drain, the bot is.
 */
async function limited({ orm, userId, limitedChats }: Sending, chatId: string, ms: number): Promise<Outcome> {
  await pauseChat(orm.em.fork(), { userId, chatId, ms });
  const now = performance.now();
  const others = [...limitedChats].some(([other, until]) => other !== chatId && until > now);
  limitedChats.set(chatId, now + ms);
  if (!others) return { kind: 'unsent' };
  await pauseBot(orm.em.fork(), { userId, ms });
  return { kind: 'bot-paused', ms };
}

async function refusedOrUnknown(
  { orm, userId, botId }: Sending,
  { message, out, err }: Failed & { readonly err: BotSendError },
): Promise<Outcome> {
  const em = orm.em.fork();
  const { id, chatId, payload } = message;
  if (err.kind === 'blocked') {
    await refuseChat(em, { userId, chatId, error: `blocked: ${err.message}` });
    return { kind: 'unsent' };
  }
  if (err.kind === 'refused') {
    // A file id that the messenger has forgotten: the next attempt takes the bytes.
    const stale = out.kind === 'sticker' && out.fileId !== null && payload.kind === 'sticker';
    if (stale) await putStickerFileId(em, { contentHash: payload.contentHash, botId, fileId: null });
    await markUnsent(em, { userId, id, state: stale ? 'pending' : 'refused', error: err.message });
    return { kind: 'unsent' };
  }
  // An edit says the same when it arrives twice; any other message is sent at most once.
  const again = payload.kind === 'edit' && message.attempts + 1 < MOST_EDIT_ATTEMPTS;
  await markUnsent(em, { userId, id, state: again ? 'pending' : 'unknown', error: err.message });
  return { kind: 'not-reached' };
}
