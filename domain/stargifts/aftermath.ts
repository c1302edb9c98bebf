import type { Consequence } from './telegram-error.ts';

/** What an answer of Telegram to a purchase leads to, beyond the purchase itself. */
export interface Aftermath {
  /**
   * What must not be tried again in this drop: `gift` for everybody · `price` the gift, until a list shows its new price ·
   * `account` taken out, its owner is told · `target` by this account · `pair` the gift by this account · `balance` nothing, but the
   * account has less than the price.
   */
  readonly closes: 'nothing' | 'gift' | 'price' | 'account' | 'target' | 'pair' | 'balance';
  /** Stars and copies may have become free: plan the rest again. */
  readonly replans: boolean;
}

const PAIR: Aftermath = { closes: 'pair', replans: true };
const NONE: Aftermath = { closes: 'nothing', replans: false };

const AFTERMATHS: Readonly<Record<Consequence, Aftermath>> = {
  'retry-later': NONE,
  'form-expired': NONE,
  'already-submitted': NONE,
  'unknown-outcome': NONE,
  'sold-out': { closes: 'gift', replans: true },
  'price-changed': { closes: 'price', replans: true },
  'account-unusable': { closes: 'account', replans: true },
  'wrong-target': { closes: 'target', replans: true },
  balance: { closes: 'balance', replans: true },
  'user-limit': PAIR,
  'premium-needed': PAIR,
  'wrong-input': PAIR,
  refused: PAIR,
};

/** What follows from an answer that ended a purchase, or did not. */
export function aftermathOf(consequence: Consequence): Aftermath {
  return AFTERMATHS[consequence];
}
