import { tl } from '@mtcute/core';
import { DomainError } from '../../domain/shared/errors.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { consequenceOf, plainCode } from './consequences.ts';

/** Runs a call that changes nothing. @throws TelegramError; without an answer `retry-later` */
export async function reading<T>(call: () => Promise<T>): Promise<T> {
  return await translated(call, 'retry-later');
}

/** Runs a call that may spend stars. @throws TelegramError; without a clear answer `unknown-outcome` */
export async function spending<T>(call: () => Promise<T>): Promise<T> {
  return await translated(call, 'unknown-outcome');
}

async function translated<T>(call: () => Promise<T>, silence: 'retry-later' | 'unknown-outcome'): Promise<T> {
  try {
    return await call();
  } catch (err) {
    throw toTelegramError(err, silence);
  }
}

function toTelegramError(err: unknown, silence: 'retry-later' | 'unknown-outcome'): Error {
  if (err instanceof TelegramError || err instanceof DomainError) return err;
  // The library's errors can quote a request, and a request can hold a password: nothing of them is passed on.
  if (!(err instanceof tl.RpcError)) return new TelegramError(silence, 'NO_ANSWER');
  const code = plainCode(err.text);
  if (isSilence(err, code)) return new TelegramError(silence, code === 'TIMEOUT' ? 'NO_ANSWER' : code);
  const consequence = isAccountGone(err, code) ? 'account-unusable' : consequenceOf(code);
  return new TelegramError(consequence, code, { retryAfterMs: secondsIn(err) * 1000 });
}

/** Nobody knows what Telegram did: it failed inside, or the library's own timeout has passed. */
const isSilence = ({ code: status }: tl.RpcError, code: string): boolean =>
  code === 'TIMEOUT' || ((status >= 500 || status < 0) && !isFinal(code));

const isAccountGone = ({ code: status }: tl.RpcError, code: string): boolean =>
  status === 401 || (status === 420 && code.startsWith('FROZEN_'));

/** Sign-ins must begin again after these although they come as 500. */
const isFinal = (code: string): boolean => /^(AUTH_RESTART|SIGN_IN_FAILED)/.test(code);

/** The number of `FLOOD_WAIT_12`: only the message still has it. */
function secondsIn(err: tl.RpcError): number {
  return Number(/_WAIT_(\d+)/.exec(err.message)?.[1] ?? 0);
}
