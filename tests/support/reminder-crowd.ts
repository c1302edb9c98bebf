import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { connectTemporal } from '../../client/connect.ts';
import { createReminder } from '../../client/reminders.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { createOrm } from '../../db/orm.ts';
import { reminderAt, type ReminderDefinition } from '../../domain/agenda/reminder.ts';
import { startStack, type Killable } from './processes.ts';
import { TEST_KEYS, testKeys } from './temporal.ts';

const NAMESPACE = 'default';
const PEOPLE = 50;
const AT_ONCE = 25;

export type ReminderCrowd = Awaited<ReturnType<typeof startReminderCrowd>>;

/** Runs `fn` for 0 … count-1, some at once. */
export async function forEachOf(count: number, fn: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await fn(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/**
 * Many people with reminders: Postgres, Temporal and one worker for workflows and storage as `npm start` runs them, each a
 * process of its own; the worker is not started yet. Nothing is sent: senders have limits of their own.
 */
export async function startReminderCrowd() {
  const stack = await startStack({ workers: 0, fetchAllow: '' });
  const orm = createOrm({ databaseUrl: stack.databaseUrl });
  await orm.migrator.up();
  const rows = async <T extends object>(sql: string, params: readonly unknown[] = []): Promise<T[]> =>
    await orm.em.fork().execute<T[]>(sql, [...params]);
  const client: Client = await connectTemporal({
    address: stack.temporalAddress,
    namespace: NAMESPACE,
    keys: testKeys,
  });
  await registerSearchAttributes(client.connection, NAMESPACE);
  const worker: Killable = stack.addWorker({ queues: 'workflows,storage', env: { GIFTY_KEYS: TEST_KEYS } });
  const people = Array.from({ length: PEOPLE }, () => randomUUID());
  for (const [index, id] of people.entries()) {
    await rows(`insert into app_user (id, name, name_key, password_hash, role) values (?, ?, ?, 'x', 'user')`, [
      id,
      id,
      id,
    ]);
    await rows('insert into user_settings (user_id) values (?)', [id]);
    await rows(`insert into chat (messenger, chat_id, user_id, person_id, name) values ('telegram', ?, ?, ?, 'Anna')`, [
      index + 1,
      id,
      index + 1,
    ]);
  }
  return {
    ...{ stack, client, rows, worker, people },
    /** So many reminders, the n-th due at `dueMs(n)`, a whole second. */
    async remind(
      count: number,
      dueMs: (index: number) => number,
      also: Partial<ReminderDefinition> = {},
    ): Promise<void> {
      await forEachOf(count, async (index) => {
        const userId = people[index % PEOPLE] ?? '';
        const start = new Date(dueMs(index)).toISOString().slice(0, 19);
        const reminder = reminderAt({ text: `reminder ${index}`, start, ...also });
        await createReminder(client, { reminderId: randomUUID(), userId }, { ...reminder, userId });
      });
    },
    /** How many reminders have nothing more to tell. */
    async over(): Promise<number> {
      const [row] = await rows<{ count: number }>(`select count(*)::int as count from reminder where state = 'done'`);
      return row?.count ?? 0;
    },
    /** How many messages there are, and about how many occurrences. */
    async told(): Promise<{ readonly messages: number; readonly occurrences: number }> {
      const [row] = await rows<{ messages: number; occurrences: number }>(
        `select count(*)::int as messages, count(distinct split_part(dedupe_key, ':', 2))::int as occurrences
         from outbox_message where dedupe_key like 'reminder:%'`,
      );
      return row ?? { messages: 0, occurrences: 0 };
    },
    async stop(): Promise<void> {
      await orm.close();
      await client.connection.close();
      await stack.stop();
    },
  };
}

/** Asks every half second until it holds. */
export async function eventually(what: string, holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await delay(500);
  }
}
