import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { AccountHost } from '../../activities/accounts/account-host.ts';
import { createAccountBuyer, createBuyingActivities } from '../../activities/stargifts/buying.ts';
import type { WatchingDeps } from '../../activities/stargifts/gift-poller.ts';
import { createOutboxTeller } from '../../activities/stargifts/outbox-teller.ts';
import { createPlanningActivities } from '../../activities/stargifts/planning.ts';
import { createWatchingActivities } from '../../activities/stargifts/watching.ts';
import { dataConverter } from '../../client/payload-codec.ts';
import { reportWatchHealth, setWatch, startDrop } from '../../client/stargifts.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { buyDropWorkflowId, watchGiftsWorkflowId } from '../../contracts/stargifts.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import type { buyDrop } from '../../workflows/index.ts';
import { startDatabase } from './database.ts';
import { saveBuyers } from './gift-buyers.ts';
import { secrets, startTelegram } from './telegram.ts';
import { startTemporal, testKeys } from './temporal.ts';

export type StargiftStage = Awaited<ReturnType<typeof startStargiftStage>>;

/** A datacentre, a database, Temporal and one account host, on which gifts are watched (ten times a second) and bought. */
export async function startStargiftStage(
  change: (deps: WatchingDeps) => WatchingDeps = (deps) => deps,
  /** The database as the activities have it. */
  spoil: (orm: MikroORM) => MikroORM = (orm) => orm,
) {
  const [database, env, telegram] = await Promise.all([startDatabase(), startTemporal(), startTelegram()]);
  const { orm } = database;
  const em = (): SqlEntityManager => orm.em.fork();
  const host = new AccountHost({
    ...{ host: randomUUID(), em, accounts: telegram.accounts, secrets, tellOwner: () => Promise.resolve() },
    ...{ capacity: 50, checkEveryMs: 3_600_000, now: () => performance.now() },
    ...{ onChange: () => Promise.resolve(), onError: () => undefined },
  });
  const told = { orm: spoil(orm), teller: createOutboxTeller(), wakeOutbox: () => Promise.resolve() };
  const buy = createAccountBuyer({ orm: told.orm, pool: host });
  const activities = {
    ...createBuyingActivities(host, buy),
    ...createPlanningActivities(told),
    ...createWatchingActivities(
      change({
        ...{ ...told, pool: host, buy, everyMs: 100, fullEveryMs: 200 },
        startDrop: startDrop.bind(null, env.client),
        reportHealth: reportWatchHealth.bind(null, env.client),
      }),
    ),
  };
  const workers = await createWorkers({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: dataConverter(testKeys),
    queues: [TASK_QUEUES.workflows, TASK_QUEUES.storage],
    activities,
    hostQueue: host.queue,
  });
  const running = workers.map((worker) => worker.run());
  await host.start();
  const { control } = telegram.dc;
  const rows = async (sql: string, params: readonly unknown[] = []) =>
    await em().execute<Record<string, unknown>[]>(sql, [...params]);

  return {
    ...{ env, em, orm, host, control, rows, client: env.client, telegram },
    async stop(): Promise<void> {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await host.stop();
      await Promise.all([database.stop(), env.teardown(), telegram.dc.stop()]);
    },
    /** A user with the switch on, accounts that are held, a bot, and one channel that takes every gift. */
    async user({ balances }: { readonly balances: readonly number[] }) {
      const buyers = await saveBuyers(em(), telegram, balances);
      await host.renew();
      return buyers;
    },
    /** Turns the watcher on and waits for its first look. */
    async watch(userId: string): Promise<void> {
      await setWatch(env.client, userId, true);
      await until(async () => {
        const [row] = await rows('select baseline from gift_watch where user_id = ?', [userId]);
        return row?.['baseline'] === false;
      });
    },
    async unwatch(userId: string): Promise<void> {
      await setWatch(env.client, userId, false);
      await env.client.workflow.getHandle(watchGiftsWorkflowId(userId)).result();
    },
    /** The user's n-th drop, once it has ended. */
    async dropEnded(userId: string, n = 1): Promise<string> {
      const dropId = await until(async () => {
        const drops = await rows(
          'select id from drop_run where user_id = ? and workflow_started_at is not null order by detected_at',
          [userId],
        );
        const id = drops[n - 1]?.['id'];
        return typeof id === 'string' ? id : null;
      });
      await env.client.workflow.getHandle<typeof buyDrop>(buyDropWorkflowId(userId, dropId)).result();
      return dropId;
    },
    /** What the datacentre charged an account, by gift. */
    async charged(account: string): Promise<readonly { readonly giftId: string; readonly stars: number }[]> {
      const { purchases } = await control.ledger({ account });
      return purchases.map(({ giftId, stars }) => ({ giftId, stars }));
    },
    purchases: async (dropId: string) =>
      await rows(
        `select seq, account_id as "accountId", gift_id::text as "giftId", target, state, failure, code, sends, forms,
           price_stars::int as price from purchase where drop_id = ? order by seq`,
        [dropId],
      ),
  };
}

/** Asks again and again, for up to 20 s, until there is an answer. */
export async function until<T>(ask: () => Promise<T | null | false>): Promise<T> {
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come to that');
}
