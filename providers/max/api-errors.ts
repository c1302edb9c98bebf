import { MaxError } from '@maxhub/max-bot-api';
import { BotSendError } from '../../domain/stargifts/bot-send-error.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { RateLimitedError } from '../errors.ts';

/** No request has left: the name was not resolved, or nothing listens. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);

/** 404s that speak of the chat and not of a message in it. */
const NO_CHAT = /(chat|dialog|user)\.?not\.?found/i;

/** What a failed call means; the new error holds nothing of the old one but its text without the token. */
export function asOurError(err: unknown, token: string): Error {
  if (err instanceof BotSendError || err instanceof RateLimitedError || err instanceof DomainError) return err;
  const text = (err instanceof Error ? err.message : String(err)).replaceAll(token, '[token]');
  if (err instanceof MaxError) return answered(err, text);
  const code = codeOf(err);
  if (code !== null && NEVER_LEFT.has(code)) return new Error(`MAX not reached: ${code}`);
  return new BotSendError('unknown', `MAX: no answer (${text})`);
}

function answered({ status, code, description }: MaxError, text: string): Error {
  if (status === 401) return new DomainError('bot-token-invalid', `MAX: ${text}`);
  if (status >= 500) return new BotSendError('unknown', `MAX: status ${status}`);
  if (status === 403) return new BotSendError('blocked', text);
  if (status === 404 && NO_CHAT.test(`${code} ${description}`)) return new BotSendError('blocked', text);
  return new BotSendError('refused', text);
}

/** Of the system error under that of fetch. */
function codeOf(err: unknown): string | null {
  const cause = err instanceof Error ? err.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}
