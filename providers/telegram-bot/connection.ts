import type { Telegram } from 'telegraf';
import { DomainError } from '../../domain/shared/errors.ts';
import { asOurError } from './api-errors.ts';

/** One bot's way to the Bot API. */
export interface Connection {
  readonly api: Telegram;
  readonly token: string;
  /** Files of the bot lie under it. */
  readonly apiRoot: string;
  /** For an answer, ms. */
  readonly timeoutMs: number;
}

const TOKEN = /^\d{1,20}:[A-Za-z0-9_-]{1,100}$/;

/** The library's types ask for the signal of a package from before Node had its own; any will do. */
export type LibrarySignal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>;
const isSignal = (signal: unknown): signal is LibrarySignal => signal instanceof AbortSignal;

function librarySignal(own: AbortSignal): LibrarySignal {
  const signal: unknown = own;
  if (!isSignal(signal)) throw new TypeError('this is no signal');
  return signal;
}

/** Calls the Bot API within the time for an answer; what goes wrong is one of our errors. */
export async function calling<T>(
  { token, timeoutMs }: Connection,
  call: (signal: LibrarySignal) => Promise<T>,
  until?: AbortSignal,
): Promise<T> {
  // Anything else could change the address that is asked.
  if (!TOKEN.test(token)) throw new DomainError('bot-token-invalid', 'this is no token of a bot');
  try {
    return await call(librarySignal(until ?? AbortSignal.timeout(timeoutMs)));
  } catch (err) {
    throw asOurError(err, token);
  }
}
