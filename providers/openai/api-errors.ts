import { APIError } from 'openai';
import { DomainError } from '../../domain/shared/errors.ts';
import { RateLimitedError } from '../errors.ts';
import { retryAfterMs } from '../shops/fetch/retry-after.ts';

/** Client errors that another try may not meet: timeout, conflict, too early, too many requests. */
const PASSING = new Set([408, 409, 425, 429]);

/**
 * What an error of an OpenAI-compatible API means for us: RateLimitedError when it says how long to wait, DomainError
 * embedding-refused or advice-refused when the same request would be refused again, and itself (worth another try) otherwise.
 */
export function asOurError(err: unknown, what: 'embedding' | 'advice', now: number): unknown {
  if (!isApiFailure(err)) return err;
  const { status, headers, message } = err;
  const wait = asked(headers, now);
  if (status === 429 && wait !== null) return new RateLimitedError(`${what} API`, wait, { cause: err });
  const refused = status !== undefined && status < 500 && !PASSING.has(status);
  return refused ? new DomainError(`${what}-refused`, `the ${what} API refuses: ${message}`, { cause: err }) : err;
}

/** The part of APIError that is used; there its types are parameters, which `instanceof` leaves open. */
interface ApiFailure extends Error {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
}

const isApiFailure = (err: unknown): err is ApiFailure => err instanceof APIError;

/** Some servers say it in milliseconds too, more exactly. */
function asked(headers: Headers | undefined, now: number): number | null {
  const exactly = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  return Number.isNaN(exactly) ? retryAfterMs(headers?.get('retry-after') ?? null, now) : Math.max(0, exactly);
}
