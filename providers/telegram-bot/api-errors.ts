import { TelegramError as BotApiError } from 'telegraf';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { RateLimitedError } from '../errors.ts';

/** No request has left: the name was not resolved, or nothing listens. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);

/** 400s that speak of the chat and not of the message: the next one would fare no better. */
const CLOSED =
  /chat not found|PEER_ID_INVALID|CHAT_WRITE_FORBIDDEN|not enough rights|need administrator rights|group chat was upgraded|have no rights|chat_id is empty|CHAT_RESTRICTED|TOPIC_CLOSED/i;

/** Replaces a bot's token, also one that stands in an address. */
export const redact = (text: string, token: string): string =>
  text.replaceAll(token, '[token]').replaceAll(/\d{5,}:[A-Za-z0-9_-]{20,}/g, '[token]');

/**
 * What a failed call means. The new error holds nothing of the old one but its redacted text: the library's own
 * carries the address with the token, and the message.
 */
export function asOurError(err: unknown, token: string): Error {
  if (err instanceof BotSendError) return err;
  if (err instanceof BotApiError) return answered(err, token);
  const text = redact(err instanceof Error ? err.message : String(err), token);
  const code = codeOf(err);
  if (code !== null && NEVER_LEFT.has(code)) return new Error(`Bot API not reached: ${code}`);
  return new BotSendError('unknown', `Bot API: no answer (${text})`);
}

function answered({ code, description, parameters }: BotApiError, token: string): Error {
  const text = redact(description, token);
  if (code === 429) return new RateLimitedError('Bot API', (parameters?.retry_after ?? 1) * 1000);
  if (code === 401 || code === 404) return new DomainError('bot-token-invalid', `Bot API: ${text}`);
  if (code >= 500) return new BotSendError('unknown', `Bot API: status ${code}`);
  if (code === 403 || CLOSED.test(text)) return new BotSendError('blocked', text);
  return new BotSendError('refused', text);
}

/** Of a system error, which node-fetch hands on. */
function codeOf(err: unknown): string | null {
  return err instanceof Error && 'code' in err && typeof err.code === 'string' ? err.code : null;
}

/** An edit that says what the message says already has done its work. */
export const isNotModified = (err: unknown): boolean =>
  err instanceof BotApiError && err.code === 400 && err.description.includes('message is not modified');

/** The message is a picture or a file: what it says is its caption. */
export const isCaption = (err: unknown): boolean =>
  err instanceof BotApiError && err.code === 400 && err.description.includes('there is no text in the message');
