import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { connectTemporal } from '../../client/connect.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { setWatch } from '../../client/stargifts.ts';
import { createOrm } from '../../db/orm.ts';
import { startBotApi, type BotApi } from '../../sandbox/telegram-bot/server.ts';
import type { TelegramDcControl } from '../../sandbox/telegram-dc/control/client.ts';
import { saveBuyers, type Buyers } from '../support/gift-buyers.ts';
import { compareLedgers, type Comparison } from '../support/gift-ledgers.ts';
import { startStack, type Killable, type Stack } from '../support/processes.ts';
import { startTelegram } from '../support/telegram.ts';
import { TEST_KEYS, testKeys } from '../support/temporal.ts';
import { eventually } from './eventually.ts';
import { Holds, startGate, type Gate } from './gate.ts';

const NAMESPACE = 'default';
type Release = NonNullable<Parameters<TelegramDcControl['releaseGifts']>[0]['gifts']>;

/** A process that holds accounts, behind a gate of its own to the database. */
export interface GatedHost {
  readonly process: Killable;
  readonly gate: Gate;
  /** Starts the process and waits until it looks for accounts. */
  start(): Promise<void>;
}

export interface GiftWorld {
  readonly stack: Stack;
  /** Serves workflows, storage and the bot. */
  readonly crew: Killable;
  readonly hosts: readonly GatedHost[];
  readonly holds: Holds;
  readonly control: TelegramDcControl;
  readonly bots: BotApi;
  readonly buyers: Buyers;
  readonly client: Client;
  readonly rows: <T extends object>(sql: string, params?: readonly unknown[]) => Promise<T[]>;
  /** Puts gifts on sale; answers their ids. */
  release(...gifts: Release): Promise<string[]>;
  /** Waits until every purchase of these gifts by every account is decided and reported. */
  decided(giftIds: readonly string[]): Promise<void>;
  /** Both ledgers, to the star. */
  compare(): Promise<Comparison>;
  stop(): Promise<void>;
}

/** Everything as `npm start` runs it, each a process of its own, with `accounts` accounts of one user and two hosts for them. */
export async function startGiftWorld(accounts: number): Promise<GiftWorld> {
  const [stack, telegram, bots] = await Promise.all([
    startStack({ workers: 0, fetchAllow: '' }),
    startTelegram(),
    startBotApi(),
  ]);
  const orm = createOrm({ databaseUrl: stack.databaseUrl });
  await orm.migrator.up();
  const client = await connectTemporal({ address: stack.temporalAddress, namespace: NAMESPACE, keys: testKeys });
  await registerSearchAttributes(client.connection, NAMESPACE);
  const { control } = telegram.dc;
  const buyers = await saveBuyers(
    orm.em.fork(),
    telegram,
    Array.from({ length: accounts }, () => 1_000_000),
  );
  // Notices go to one chat, reports to every account: a chat takes one message a second.
  await orm.em.fork().execute(`update user_settings set notify_dms = false, notify_chats = '["777"]'`);
  const env = {
    GIFTY_KEYS: TEST_KEYS,
    GIFTY_TELEGRAM_DC: `127.0.0.1:${telegram.dc.port}`,
    GIFTY_TELEGRAM_DC_KEY: telegram.dc.publicKey,
    GIFTY_TELEGRAM_BOT_API: bots.url,
  };
  const crew = stack.addWorker({ queues: 'workflows,storage,telegram-bot', env });
  const holds = new Holds();
  const newHost = async (): Promise<GatedHost> => {
    const gate = await startGate(Number(new URL(stack.databaseUrl).port), holds);
    const own = { ...env, DATABASE_URL: gate.databaseUrl };
    const process = stack.addWorker({ queues: 'telegram-account', env: own });
    return {
      ...{ gate, process },
      async start() {
        const opened = gate.opened();
        await process.start();
        await opened;
      },
    };
  };
  const hosts = [await newHost(), await newHost()];
  const rows = rowsOf(orm);
  return {
    ...{ stack, crew, hosts, holds, control, bots, buyers, client, rows },
    release: async (...gifts) => (await control.releaseGifts({ gifts })).map(({ id }) => id),
    decided: async (giftIds) => {
      await eventually(`all of ${giftIds.join(', ')} is decided`, async () => {
        const [row] = await rows<{ undecided: number; rows: number; running: number }>(
          `select count(*) filter (where p.state not in ('PAID', 'REJECTED'))::int as undecided, count(*)::int as rows,
             count(*) filter (where d.state <> 'done')::int as running
           from purchase p join drop_run d on d.id = p.drop_id where p.user_id = ?
             and p.gift_id::text in (select jsonb_array_elements_text(?::jsonb))`,
          [buyers.userId, JSON.stringify(giftIds)],
        );
        return row !== undefined && row.rows > 0 && row.undecided === 0 && row.running === 0;
      });
    },
    compare: async () => await compareLedgers(orm.em.fork(), control, buyers),
    async stop() {
      await Promise.all(hosts.map(async ({ gate }) => await gate.stop()));
      await orm.close();
      await client.connection.close();
      await stack.stop();
      await Promise.all([telegram.dc.stop(), bots.stop()]);
    },
  };
}

/** Starts the processes and the watcher, and waits for its first look; the first host has all accounts. */
export async function begin(world: GiftWorld): Promise<void> {
  const { crew, hosts, client, buyers, rows } = world;
  await Promise.all([crew.start(), hosts[0]?.start()]);
  await eventually('the first host holds all accounts', async () => {
    const held = await rows('select 1 from telegram_account where lease_until > clock_timestamp()');
    return held.length === buyers.accounts.length;
  });
  await hosts[1]?.start();
  await setWatch(client, buyers.userId, true);
  await eventually(
    'the first look',
    async () => (await rows('select 1 from gift_watch where not baseline')).length === 1,
  );
}

/** A database that is down gives no rows. */
const rowsOf =
  (orm: MikroORM) =>
  async <T extends object>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    await orm.em
      .fork()
      .execute<T[]>(sql, [...params])
      .catch(() => []);
