/**
 * What an error of Telegram means for who asked:
 * `retry-later` wait `retryAfterMs`, nothing happened · `sold-out` the gift, for everybody · `user-limit` the gift, for this account ·
 * `balance` too few stars · `premium-needed` · `account-unusable` banned, frozen, revoked: no call can work · `wrong-target` the receiver ·
 * `wrong-input` what a person typed · `form-expired` nothing was paid, ask for a new form · `price-changed` nothing was paid ·
 * `already-submitted` the form was paid or is being paid · `unknown-outcome` may have been paid · `refused` anything else, for good.
 */
export type Consequence =
  | 'retry-later'
  | 'sold-out'
  | 'user-limit'
  | 'balance'
  | 'premium-needed'
  | 'account-unusable'
  | 'wrong-target'
  | 'wrong-input'
  | 'form-expired'
  | 'price-changed'
  | 'already-submitted'
  | 'unknown-outcome'
  | 'refused';

/** Telegram said no, or nothing. */
export class TelegramError extends Error {
  override readonly name = 'TelegramError';
  readonly consequence: Consequence;
  /** Telegram's own, e.g. `STARGIFT_USAGE_LIMITED`; numbers in it are replaced by `X`. */
  readonly code: string;
  /** Of `retry-later`; 0 = not said. */
  readonly retryAfterMs: number;

  constructor(consequence: Consequence, code: string, options: ErrorOptions & { readonly retryAfterMs?: number } = {}) {
    super(`Telegram: ${code}`, options);
    this.consequence = consequence;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}
