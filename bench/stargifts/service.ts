import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { connectTemporal } from '../../client/connect.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { setWatch } from '../../client/stargifts.ts';
import { createOrm } from '../../db/orm.ts';
import { startBotApi } from '../../sandbox/telegram-bot/server.ts';
import type { TelegramDcControl } from '../../sandbox/telegram-dc/control/client.ts';
import { saveBuyers, type Buyers } from '../../tests/support/gift-buyers.ts';
import { startStack } from '../../tests/support/processes.ts';
import { startTelegram } from '../../tests/support/telegram.ts';
import { TEST_KEYS, testKeys } from '../../tests/support/temporal.ts';

const NAMESPACE = 'default';
const WAIT_MS = 60_000;

export interface Service {
  readonly control: TelegramDcControl;
  readonly client: Client;
  readonly temporalAddress: string;
  readonly buyers: Buyers;
  /** Whether all drops have ended. */
  readonly isIdle: () => Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Watcher and buyer as `npm start` runs them: Postgres, Temporal and one worker in processes of their own, with a
 * datacentre `roundTripMs` away and a user of `accounts` accounts whose watcher has had its first look.
 */
export async function startService(accounts: number, roundTripMs: number): Promise<Service> {
  const [stack, telegram, bots] = await Promise.all([
    startStack({ workers: 0, fetchAllow: '' }),
    startTelegram(),
    startBotApi(),
  ]);
  const orm = createOrm({ databaseUrl: stack.databaseUrl });
  await orm.migrator.up();
  const { temporalAddress } = stack;
  const client = await connectTemporal({ address: temporalAddress, namespace: NAMESPACE, keys: testKeys });
  await registerSearchAttributes(client.connection, NAMESPACE);
  const { control, port, publicKey } = telegram.dc;
  const buyers = await saveBuyers(
    orm.em.fork(),
    { ...telegram, dc: telegram.dc },
    Array.from({ length: accounts }, () => 10_000_000),
  );
  const worker = stack.addWorker({
    queues: 'workflows,storage,telegram-bot,telegram-account',
    env: {
      GIFTY_KEYS: TEST_KEYS,
      GIFTY_TELEGRAM_DC: `127.0.0.1:${port}`,
      GIFTY_TELEGRAM_DC_KEY: publicKey,
      GIFTY_TELEGRAM_BOT_API: bots.url,
    },
  });
  await worker.start();
  const count = async (sql: string) =>
    (await orm.em.fork().execute<{ n: number }[]>(`select count(*)::int as n ${sql}`))[0]?.n ?? 0;
  await until('every account is connected', async () => {
    const asked = await control.requests({ method: 'payments.getStarsStatus' });
    return new Set(asked.map(({ account }) => account)).size === accounts;
  });
  await setWatch(client, buyers.userId, true);
  await until('the first look', async () => (await count('from gift_watch where not baseline')) === 1);
  await control.setRoundTrip({ ms: roundTripMs });
  return {
    ...{ control, client, temporalAddress, buyers },
    isIdle: async () => (await count(`from drop_run where state <> 'done'`)) === 0,
    async stop() {
      await orm.close();
      await client.connection.close();
      await stack.stop();
      await Promise.all([telegram.dc.stop(), bots.stop()]);
    },
  };
}

/** @throws Error naming what did not come within a minute */
export async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`it did not come to this: ${what}`);
    await delay(25);
  }
}

/** Of sorted values; `share` 0..1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
