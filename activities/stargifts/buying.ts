import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { BuyInput, BuyResult } from '../../contracts/stargifts.ts';
import { markFloodWait, saveAccountFacts } from '../../db/repositories/account-states.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { AccountPool } from '../ports/account-pool.ts';
import type { TelegramAccount } from '../ports/telegram-account.ts';
import { PurchaseWalk } from './purchase-walk.ts';

export interface BuyingDeps {
  readonly orm: MikroORM;
  readonly pool: AccountPool;
}

const HEARTBEAT_MS = 1_000;
const SHOWN_FLOOD_MS = 10_000;
const NOTHING: BuyResult = { paid: 0, rejected: 0, freed: false, waitMs: null };

/** Walks an account's purchases of a drop until nothing is left or the signal fires; one at a time per account. */
export type AccountBuyer = (input: BuyInput, signal: AbortSignal) => Promise<BuyResult>;

/** Buys with the accounts that this host holds. The buyer throws DomainError account-not-held when another host has it. */
export function createAccountBuyer({ orm, pool }: BuyingDeps): AccountBuyer {
  const em = () => orm.em.fork();
  /** Until when Telegram asked each account not to ask, by `performance.now()`. */
  const quietUntil = new Map<string, number>();

  async function walk(scope: { input: BuyInput; account: TelegramAccount; fence: string; signal: AbortSignal }) {
    const { account, fence, input, signal } = scope;
    const pause = async (ms: number) => await sleep(ms, undefined, { signal });
    const quietMs = () => (quietUntil.get(input.accountId) ?? 0) - performance.now();
    const purchases = new PurchaseWalk({ ...scope, em, pause, quietMs });
    const result = await purchases.run();
    if (purchases.floodMs > 0) quietUntil.set(input.accountId, performance.now() + purchases.floodMs);
    const fenced = { accountId: input.accountId, fence };
    if (purchases.floodMs >= SHOWN_FLOOD_MS) await markFloodWait(em(), fenced, purchases.floodMs);
    if ((result.freed || result.paid > 0) && purchases.unusable === null) await noteBalance(account, fenced);
    return { result, unusable: purchases.unusable };
  }

  /**
   * The next plan is made from what the account really has: a payment that is recorded late may be in a balance that was
   * looked up before, and would count twice.
   */
  async function noteBalance(account: TelegramAccount, fenced: { accountId: string; fence: string }): Promise<void> {
    try {
      await saveAccountFacts(em(), fenced, { stars: await account.starBalance() });
    } catch (err) {
      if (!(err instanceof TelegramError)) throw err;
    }
  }

  return async (input, signal) => {
    const done: { result: BuyResult | null } = { result: null };
    try {
      await pool.useAlone(input.accountId, async (account, fence) => {
        const walked = await walk({ input, account, fence, signal });
        done.result = walked.result;
        if (walked.unusable !== null) throw walked.unusable; // the host takes the account out and tells its owner
      });
    } catch (err) {
      if (done.result === null || !(err instanceof TelegramError)) throw err;
    }
    return done.result ?? NOTHING;
  };
}

/** The activity that spends stars; it runs on the host of the account. */
export function createBuyingActivities(pool: AccountPool, buy: AccountBuyer) {
  return {
    /**
     * Buys what the account has to buy in a drop, one after the other. Safe to repeat and to kill at any line, on any
     * host: it goes on from the rows. @throws DomainError account-not-held when another host has the account
     */
    async buyForAccount(input: BuyInput): Promise<BuyResult> {
      // Without the account, e.g. because the database is out of reach, there is nothing to wait for: another host goes on.
      const beat = setInterval(() => {
        if (pool.held(input.userId).includes(input.accountId)) heartbeat();
      }, HEARTBEAT_MS);
      try {
        return await buy(input, cancellationSignal());
      } finally {
        clearInterval(beat);
      }
    },
  };
}
export type BuyingActivities = ReturnType<typeof createBuyingActivities>;
