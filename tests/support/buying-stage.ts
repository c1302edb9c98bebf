import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { PurchaseWalk } from '../../activities/stargifts/purchase-walk.ts';
import type { BuyResult } from '../../contracts/stargifts.ts';
import { insertDrop } from '../../db/repositories/drops.ts';
import type { PlannedPurchase } from '../../domain/stargifts/plan-types.ts';
import { startDatabase } from './database.ts';
import type { ScriptedTelegram } from './scripted-telegram.ts';
import { giftRow, type Shelf } from './scripted-telegram.ts';
import { saveAccount } from './telegram.ts';

export const TARGET = '-1001';
export type BuyingStage = Awaited<ReturnType<typeof startBuyingStage>>;
export type Point = () => void;

/** A database with drops whose accounts are scripted; walks run without Temporal, as the activity has them. */
export async function startBuyingStage() {
  const database = await startDatabase();
  const em = (): SqlEntityManager => database.orm.em.fork();
  const rows = async (dropId: string) =>
    await em().execute<Record<string, unknown>[]>(
      `select seq, state, code, failure, gift_id::text as gift, price_stars::int as price, forms, sends
       from purchase where drop_id = ? order by seq`,
      [dropId],
    );
  return {
    ...{ em, rows, orm: database.orm },
    stop: async () => await database.stop(),
    /** A user with the switch on and one account that is held under fence 1. */
    async buyer(balance: number): Promise<{ userId: string; accountId: string; fence: string }> {
      const telegramId = String(Math.floor(Math.random() * 1e12));
      const keys = { apiId: 1, apiHash: 'x', session: 'x' };
      const { userId, accountId } = await saveAccount(em(), { telegramId, phone: '7', keys });
      await em().execute(
        `insert into user_settings (user_id, autobuy_on, autobuy_on_since, buy_without_cap) values (?, true, now() - interval '1 hour', true)
         on conflict (user_id) do update set autobuy_on = true`,
        [userId],
      );
      await em().execute('update telegram_account set lease_fence = 1, stars = ? where id = ?', [balance, accountId]);
      return { userId, accountId, fence: '1' };
    },
    /** A drop in which these copies are planned. */
    async drop(userId: string, operations: readonly Pick<PlannedPurchase, 'accountId' | 'giftId' | 'priceStars'>[]) {
      const id = randomUUID();
      const plan = { gifts: [], accounts: [], targets: [TARGET], skips: [], deferred: [] };
      await insertDrop(em(), {
        ...{ id, userId, kind: 'release', seed: '', plan },
        operations: operations.map((operation) => ({ target: TARGET, supply: 100, ...operation })),
      });
      return id;
    },
    /** One attempt of the activity; `point` is called before and after every statement. */
    async walk(
      input: { userId: string; accountId: string; dropId: string; fence: string },
      account: ScriptedTelegram,
      point: Point = () => undefined,
    ): Promise<BuyResult & { readonly unusable: boolean }> {
      const scope = { em: () => faulty(em(), point), input, account, fence: input.fence };
      const pause = async () => await Promise.resolve();
      const walk = new PurchaseWalk({ ...scope, signal: new AbortController().signal, pause, quietMs: () => 0 });
      const result = await walk.run();
      return { ...result, unusable: walk.unusable !== null };
    },
    /** As if so much time had passed since the last sending. */
    async age(dropId: string, ms: number): Promise<void> {
      await em().execute(
        `update purchase set last_sent_at = last_sent_at - ? * interval '1 ms', sent_at = sent_at - ? * interval '1 ms',
           form_at = form_at - ? * interval '1 ms' where drop_id = ?`,
        [ms, ms, ms, dropId],
      );
    },
  };
}

/** A statement may fail before it is carried out, or after: the caller cannot tell. */
function faulty(em: SqlEntityManager, point: Point): SqlEntityManager {
  return new Proxy(em, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'execute' || typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        point();
        const answer: unknown = await Reflect.apply(value, target, args);
        point();
        return answer;
      };
    },
  });
}

/** Some gifts at these prices; ids 1, 2 … */
export const shelfOf = (...prices: readonly number[]): Shelf =>
  new Map(prices.map((priceStars, at) => [String(at + 1), giftRow({ id: String(at + 1), priceStars })]));
