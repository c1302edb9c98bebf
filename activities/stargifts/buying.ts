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

/** The activity that spends stars; it runs on the host of the account. */
export function createBuyingActivities({ orm, pool }: BuyingDeps) {
  const em = () => orm.em.fork();

  async function walk(input: BuyInput, account: TelegramAccount, fence: string): Promise<PurchaseWalk & Walked> {
    const signal = cancellationSignal();
    const pause = async (ms: number) => await sleep(ms, undefined, { signal });
    const purchases = new PurchaseWalk({ em, input, account, fence, signal, pause });
    const result = await purchases.run();
    const fenced = { accountId: input.accountId, fence };
    if (purchases.floodMs >= SHOWN_FLOOD_MS) await markFloodWait(em(), fenced, purchases.floodMs);
    if ((result.freed || result.paid > 0) && purchases.unusable === null) await noteBalance(account, fenced);
    return Object.assign(purchases, { result });
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
      const done: { result: BuyResult | null } = { result: null };
      try {
        await pool.useAlone(input.accountId, async (account, fence) => {
          const walked = await walk(input, account, fence);
          done.result = walked.result;
          if (walked.unusable !== null) throw walked.unusable; // the host takes the account out and tells its owner
        });
      } catch (err) {
        if (done.result === null || !(err instanceof TelegramError)) throw err;
      } finally {
        clearInterval(beat);
      }
      return done.result ?? { paid: 0, rejected: 0, freed: false, waitMs: null };
    },
  };
}
export type BuyingActivities = ReturnType<typeof createBuyingActivities>;

interface Walked {
  readonly result: BuyResult;
}
