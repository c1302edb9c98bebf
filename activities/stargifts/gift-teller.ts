import type { SqlEntityManager } from '@mikro-orm/sql';
import type { GiftChange } from '../../domain/stargifts/gift-changes.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';

/** What a list changed in a user's ledger. */
export interface ToldChanges {
  readonly userId: string;
  /** In the order they happened. */
  readonly changes: readonly GiftChange[];
  /** The list they come from, by gift id. */
  readonly gifts: ReadonlyMap<string, StarGift>;
  /** Gifts whose stock alone is another: messages about them may be edited. */
  readonly restated: readonly string[];
}

/** One part of a drop's report. */
export interface ToldReport {
  readonly userId: string;
  readonly dropId: string;
  /** From 0: a drop with locked gifts, or with payments in doubt, is reported more than once. */
  readonly part: number;
  /** HTML, each within Telegram's limit. */
  readonly messages: readonly string[];
}

/** Writes what is to be told into the outbox, inside the transaction of what it tells; sends nothing. */
export interface GiftTeller {
  /** Returns the number of new messages. */
  changes(em: SqlEntityManager, told: ToldChanges): Promise<number>;
  report(em: SqlEntityManager, told: ToldReport): Promise<void>;
}
