import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { connectTemporal } from '../../client/connect.ts';
import { createReminder } from '../../client/reminders.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { createOrm } from '../../db/orm.ts';
import { reminderAt } from '../../domain/agenda/reminder.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { actorAt, type ChatActor } from '../support/agenda-chat.ts';
import { freePort } from '../support/free-port.ts';
import { BOT_TOKEN } from '../support/outbox.ts';
import { MAX_TOKEN } from '../support/own-bot-stage.ts';
import { Killable, startStack, type Stack } from '../support/processes.ts';
import { TEST_KEYS, testKeys } from '../support/temporal.ts';
import { Holds, startGate, type Gate } from './gate.ts';

const NAMESPACE = 'default';
/** Long enough to get over a killed process, whose work others take up when its heartbeats are missed. */
const ANSWER_MS = 60_000;
const QUEUES = 'workflows,storage,telegram-bot,max,dialog';

const Messages = z.object({ messages: z.array(z.object({ text: z.string() })) });
const Violations = z.object({ violations: z.array(z.unknown()) });
const Counters = z.object({ limited: z.number() });
const Bots = z.object({ bots: z.array(z.object({ listens: z.boolean() })) });
const Webhooks = z.object({ webhooks: z.array(z.object({ pending: z.number(), failed: z.number() })) });

/** What became of updates that webhooks are told of. */
interface Deliveries {
  readonly webhooks: number;
  /** Not handed over yet. */
  readonly pending: number;
  /** Attempts that came to nothing. */
  readonly failed: number;
}

/** A messenger on this machine, a process that keeps everything in a folder. */
export interface MessengerProcess {
  readonly name: MessengerName;
  readonly url: string;
  readonly process: Killable;
  /** Somebody who talks to the bot. */
  person(id: number, name: string): ChatActor;
  /** Texts of all that the bot wrote, to everybody. */
  texts(): Promise<string[]>;
  isListenedTo(): Promise<boolean>;
  deliveries(): Promise<Deliveries>;
  /** Broken rules and answers 429 since the process began. */
  complaints(): Promise<unknown[]>;
}

async function addMessenger(name: MessengerName, folder: string): Promise<MessengerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    schema.parse(await (await fetch(new URL(path, url))).json());
  const script = name === 'telegram' ? 'telegram-bot' : 'max';
  const isListenedTo = async () => (await ask('/control/bots', Bots)).bots.some(({ listens }) => listens);
  return {
    ...{ name, url, isListenedTo },
    process: new Killable({
      command: process.execPath,
      args: [`sandbox/${script}/main.ts`, '--port', String(port), '--data-dir', join(folder, name)],
      ready: async () => await isUp(new URL('/control/bots', url)),
    }),
    person: (id, who) => actorAt(url, { id, name: who, withinMs: ANSWER_MS }),
    texts: async () => (await ask('/control/messages', Messages)).messages.map(({ text }) => text),
    async deliveries() {
      const { webhooks } = await ask('/control/webhooks', Webhooks);
      const sum = (of: 'pending' | 'failed') => webhooks.reduce((all, webhook) => all + webhook[of], 0);
      return { webhooks: webhooks.length, pending: sum('pending'), failed: sum('failed') };
    },
    async complaints() {
      const { violations } = await ask('/control/violations', Violations);
      const { limited } = await ask('/control/counters', Counters);
      return limited === 0 ? violations : [...violations, { limited }];
    },
  };
}

const isUp = async (url: URL): Promise<boolean> =>
  await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

export type AgendaWorld = Awaited<ReturnType<typeof startAgendaWorld>>;

/** Everything that the agenda needs as `npm start` runs it, each a process of its own; no worker is started yet. */
export async function startAgendaWorld() {
  const stack = await startStack({ workers: 0, fetchAllow: '' });
  const folder = dirname(stack.temporalFile);
  const [telegram, max] = await Promise.all([addMessenger('telegram', folder), addMessenger('max', folder)]);
  const orm = createOrm({ databaseUrl: stack.databaseUrl });
  await orm.migrator.up();
  await Promise.all([telegram.process.start(), max.process.start()]);
  const client = await connectTemporal({ address: stack.temporalAddress, namespace: NAMESPACE, keys: testKeys });
  await registerSearchAttributes(client.connection, NAMESPACE);
  const holds = new Holds();
  const database = await startGate(Number(new URL(stack.databaseUrl).port), holds);
  const { api, webhooks, asking, told } = await addProgram({ stack, telegram, max, database, holds });
  await api.start();
  const rows = async <T extends object>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    await orm.em.fork().execute<T[]>(sql, [...params]);
  const count = async (from: string): Promise<number> =>
    (await rows<{ count: number }>(`select count(*)::int as count from ${from}`))[0]?.count ?? 0;
  const messengers: readonly MessengerProcess[] = [telegram, max];
  return {
    ...{ stack, messengers, telegram, max, api, asking, told, holds, webhooks, rows },
    complaints: async (): Promise<unknown[]> =>
      (await Promise.all(messengers.map(async (one) => await one.complaints()))).flat(),
    deliveries: async (): Promise<readonly Deliveries[]> =>
      await Promise.all(messengers.map(async (one) => await one.deliveries())),
    isListenedTo: async (): Promise<boolean> =>
      (await Promise.all(messengers.map(async (one) => await one.isListenedTo()))).every(Boolean),
    texts: async (): Promise<string[]> => (await Promise.all(messengers.map(async (one) => await one.texts()))).flat(),
    /** What a sender had begun and not noted, HTML. */
    inFlight: async (): Promise<string[]> =>
      (
        await rows<{ html: string | null }>(
          `select payload ->> 'html' as html from outbox_message where state = 'sending'`,
        )
      ).map(({ html }) => html ?? ''),
    unsent: async (): Promise<number> => await count(`outbox_message where state in ('pending', 'sending')`),
    /** People who have talked to a bot. */
    known: async (): Promise<number> => await count('chat'),
    async killEverything(): Promise<void> {
      const programs = [asking, told, api, stack.temporal, stack.postgres, telegram.process, max.process];
      await Promise.all(programs.map(async (program) => await program.kill()));
    },
    remind: remindBy(client, rows),
    async stop(): Promise<void> {
      await Promise.all([
        api.kill(),
        telegram.process.kill(),
        max.process.kill(),
        orm.close(),
        client.connection.close(),
      ]);
      await stack.stop();
      await Promise.all([webhooks.stop(), database.stop()]);
    },
  };
}

interface Parts {
  readonly stack: Stack;
  readonly telegram: MessengerProcess;
  readonly max: MessengerProcess;
  /** What the worker takes for the database. */
  readonly database: Gate;
  readonly holds: Holds;
}

/** Our processes: the API, a worker that asks messengers what people did, and one that has them tell it. */
async function addProgram({ stack, telegram, max, database, holds }: Parts) {
  const apiPort = await freePort();
  const webhooks = await startGate(apiPort, holds);
  const env = {
    ...{ DATABASE_URL: stack.databaseUrl, TEMPORAL_ADDRESS: stack.temporalAddress },
    ...{ LOG_LEVEL: 'fatal', NODE_ENV: 'test', GIFTY_API_PORT: String(apiPort) },
    ...{ GIFTY_TELEGRAM_BOT_API: telegram.url, GIFTY_TELEGRAM_BOT_TOKEN: BOT_TOKEN },
    ...{ GIFTY_MAX_API: max.url, GIFTY_MAX_BOT_TOKEN: MAX_TOKEN },
    GIFTY_KEYS: TEST_KEYS,
  };
  const hooked = {
    GIFTY_WEBHOOK_URL: `http://127.0.0.1:${webhooks.port}`,
    GIFTY_WEBHOOK_SECRET: 'webhook-secret-of-tests-0',
  };
  const worker = (more: Readonly<Record<string, string>>) =>
    stack.addWorker({ queues: QUEUES, env: { ...env, DATABASE_URL: database.databaseUrl, ...more } });
  const api = new Killable({
    command: process.execPath,
    args: ['api/main.ts'],
    env: { ...env, ...hooked },
    ready: async () => await isUp(new URL(`http://127.0.0.1:${apiPort}/healthz`)),
  });
  return { api, webhooks, asking: worker({}), told: worker(hooked) };
}

/** Has a person whom a messenger knows by this id reminded of something in so many seconds. */
const remindBy =
  (client: Client, rows: <T extends object>(sql: string, params?: readonly unknown[]) => Promise<T[]>) =>
  async (messenger: MessengerName, personId: number, { text, dueMs }: { text: string; dueMs: number }) => {
    const [chat] = await rows<{ userId: string }>(
      `select user_id as "userId" from chat where messenger = ? and person_id = ?`,
      [messenger, personId],
    );
    const userId = chat?.userId ?? '';
    const reminder = reminderAt({ text, start: new Date(dueMs).toISOString().slice(0, 19), zone: 'Etc/UTC' });
    await createReminder(client, { reminderId: randomUUID(), userId }, { ...reminder, userId });
  };
