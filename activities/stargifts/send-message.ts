import type { MikroORM } from '@mikro-orm/postgresql';
import { closeChat, noteReplyKeyboard } from '../../db/repositories/chats.ts';
import type { DueMessage } from '../../db/repositories/outbox-queue.ts';
import { markSent, markUnsent, refuseChat, sayInstead } from '../../db/repositories/outbox-queue.ts';
import { pauseBot, pauseChat } from '../../db/repositories/outbox.ts';
import { putStickerFileId } from '../../db/repositories/stickers.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import type { SenderKey } from '../../domain/shared/outbox-message.ts';
import type { SendPace } from '../../domain/shared/send-pace.ts';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { RateLimitedError } from '../../providers/errors.ts';
import type { ChatMessage, Messenger } from '../ports/messenger.ts';
import { messageOf, showsReplyKeyboard } from './message-of.ts';
import { lanesOf } from './send-lanes.ts';

export interface Sending {
  readonly orm: MikroORM;
  readonly sender: SenderKey;
  /** Where the program's own bot sends; null = a user's own bot does. */
  readonly own: MessengerName | null;
  readonly fence: number;
  readonly bot: Pick<Messenger, 'me' | 'send'>;
  /** Decimal: the part of the token that is no secret. */
  readonly botId: string;
  readonly pace: SendPace;
  /** A message in doubt is sent again, but begun at most so often in all; 1 = it never is. */
  readonly mostAttempts: number;
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
  /** No answer that the messenger gave itself. */
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'stuck'; readonly reason: string };

/** An attempt that was counted as started is over. */
export function answered({ pace, sender }: Sending, message: DueMessage): void {
  for (const lane of lanesOf(sender, message)) pace.answered(lane, performance.now());
}

/** Sends one claimed message, counted as started, and records what came of it. Rejects only when the database does. */
export async function sendOne(sending: Sending, message: DueMessage): Promise<Outcome> {
  const { orm, sender, bot, botId } = sending;
  const { id } = message;
  const out = await messageOf(sending, message);
  if (typeof out === 'string') {
    answered(sending, message);
    await markUnsent(orm.em.fork(), { sender, id, state: 'refused', error: out });
    return { kind: 'unsent' };
  }
  const answer = await bot.send(out).catch((err: unknown) => ({ err }));
  answered(sending, message);
  if ('err' in answer) return await notSent(sending, { message, out, err: answer.err });
  await markSent(orm.em.fork(), { sender, id, messageId: answer.messageId });
  if (message.payload.kind === 'sticker' && answer.fileId !== null) {
    const { contentHash } = message.payload;
    await putStickerFileId(orm.em.fork(), { contentHash, botId, fileId: answer.fileId });
  }
  await noteKeyboard(sending, message, out);
  return { kind: 'sent' };
}

/** In Telegram alone a keyboard can take the place of the person's own. */
async function noteKeyboard({ orm, own }: Sending, message: DueMessage, out: ChatMessage): Promise<void> {
  if (own !== 'telegram' || out.kind !== 'text') return;
  const { chatId, underReplyKeyboard } = message;
  const shown = showsReplyKeyboard(out) || (underReplyKeyboard && out.dropsReplyKeyboard !== true);
  if (shown !== underReplyKeyboard) await noteReplyKeyboard(orm.em.fork(), { messenger: own, chatId }, shown);
}

interface Failed {
  readonly message: DueMessage;
  readonly out: ChatMessage;
  readonly err: unknown;
}

async function notSent(sending: Sending, { message, out, err }: Failed): Promise<Outcome> {
  const { orm, sender } = sending;
  const error = err instanceof Error ? err.message : 'unknown error';
  const waits = { sender, id: message.id, state: 'pending', error } as const;
  if (err instanceof BotSendError) return await refusedOrUnknown(sending, { message, out, err });
  await markUnsent(orm.em.fork(), waits);
  if (err instanceof RateLimitedError) return await limited(sending, message.chatId, Math.max(1, err.retryAfterMs));
  return err instanceof DomainError ? { kind: 'stuck', reason: err.code } : { kind: 'not-reached' };
}

/**
 * The messenger does not say whether the chat or the whole bot is meant. A chat is taken at first; when a second one is told
 * to wait in the same drain, the bot is.
 */
async function limited({ orm, sender, limitedChats }: Sending, chatId: string, ms: number): Promise<Outcome> {
  await pauseChat(orm.em.fork(), { sender, chatId, ms });
  const now = performance.now();
  const others = [...limitedChats].some(([other, until]) => other !== chatId && until > now);
  limitedChats.set(chatId, now + ms);
  if (!others) return { kind: 'unsent' };
  await pauseBot(orm.em.fork(), { sender, ms });
  return { kind: 'bot-paused', ms };
}

async function refusedOrUnknown(sending: Sending, failed: Failed & { readonly err: BotSendError }): Promise<Outcome> {
  const { kind, message: error } = failed.err;
  if (kind === 'blocked') return await blocked(sending, failed.message.chatId, `blocked: ${error}`);
  if (kind === 'refused') return await refused(sending, failed, error);
  const { orm, sender, mostAttempts } = sending;
  const { id, attempts, payload } = failed.message;
  // An edit says the same when it arrives twice; a user's bot sends any other message at most once.
  const most = payload.kind === 'edit' ? Math.max(MOST_EDIT_ATTEMPTS, mostAttempts) : mostAttempts;
  await markUnsent(orm.em.fork(), { sender, id, state: attempts + 1 < most ? 'pending' : 'unknown', error });
  return { kind: 'not-reached' };
}

async function blocked({ orm, sender, own }: Sending, chatId: string, error: string): Promise<Outcome> {
  await orm.em.fork().transactional(async (tx) => {
    await refuseChat(tx, { sender, chatId, error });
    if (own !== null) await closeChat(tx, { messenger: own, chatId });
  });
  return { kind: 'unsent' };
}

async function refused({ orm, sender, botId }: Sending, { message, out }: Failed, error: string): Promise<Outcome> {
  const em = orm.em.fork();
  const { id, payload } = message;
  if (payload.kind === 'edit' && payload.messageId !== undefined) {
    await sayInstead(em, { sender, id });
    return { kind: 'unsent' };
  }
  // A file id that the messenger has forgotten: the next attempt takes the bytes.
  const stale = out.kind === 'sticker' && out.fileId !== null && payload.kind === 'sticker';
  if (stale) await putStickerFileId(em, { contentHash: payload.contentHash, botId, fileId: null });
  await markUnsent(em, { sender, id, state: stale ? 'pending' : 'refused', error });
  return { kind: 'unsent' };
}
