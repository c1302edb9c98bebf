import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { dataConverter } from '../../client/payload-codec.ts';
import type { PromiseKind } from '../../contracts/agenda.ts';
import { plannedQuery, promiseWorkflowId } from '../../contracts/agenda.ts';
import { TASK_QUEUES, type TaskQueue } from '../../contracts/task-queues.ts';
import type { Language } from '../../domain/accounts/language.ts';
import type { OutboxPayload } from '../../domain/shared/outbox-message.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { startDatabase, type TestDatabase } from './database.ts';
import { testKeys } from './temporal.ts';
import { startTimeSkipping } from './time-skipping.ts';

export type AgendaStage = Awaited<ReturnType<typeof startAgendaStage>>;

/** What the activities of a stage are made with: the same as in a worker, but a clock that follows virtual time. */
export interface AgendaParts {
  readonly orm: TestDatabase['orm'];
  readonly em: () => SqlEntityManager;
  /** Notes who was to be woken. */
  readonly wakeSenders: () => Promise<void>;
}

/** A person of the agenda, as the database has him. */
export interface PersonInput {
  readonly zone?: string;
  readonly language?: Language;
  /** Without a chat nobody can be told anything. */
  readonly chat?: boolean;
}

/** A message that was written for somebody. */
export interface ToldMessage {
  readonly key: string;
  readonly edits: string | null;
  readonly payload: OutboxPayload;
}

/** A database and a Temporal server whose time passes as the test says; nothing here waits for a clock. `more` = queues beside those of all promises. */
export async function startAgendaStage(activitiesOf: (parts: AgendaParts) => object, more: readonly TaskQueue[] = []) {
  const [database, env] = await Promise.all([startDatabase(), startTimeSkipping()]);
  const { orm } = database;
  const em = (): SqlEntityManager => orm.em.fork();
  const namespace = env.namespace ?? 'default';
  const workers = await createWorkers({
    ...{ connection: env.nativeConnection, namespace, dataConverter: dataConverter(testKeys) },
    queues: [TASK_QUEUES.workflows, TASK_QUEUES.storage, ...more],
    activities: activitiesOf({ orm, em, wakeSenders: () => Promise.resolve() }),
  });
  const running = workers.map((worker) => worker.run());
  return {
    ...{ env, em, orm, client: env.client },
    async stop(): Promise<void> {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await Promise.all([database.stop(), env.teardown()]);
    },
    /** The virtual time, ms since 1970. */
    now: async (): Promise<number> => await env.currentTimeMs(),
    /** Lets virtual time pass until then, and everything happen that is due meanwhile. */
    async passTo(atMs: number): Promise<void> {
      const ms = atMs - (await env.currentTimeMs());
      if (ms > 0) await env.sleep(ms);
    },
    pass: async (ms: number): Promise<void> => {
      await env.sleep(ms);
    },
    /** A person with settings, and a chat with the Telegram bot. */
    async person({ zone = 'Europe/Berlin', language = 'ru', chat = true }: PersonInput = {}): Promise<string> {
      const id = randomUUID();
      await em().execute(
        `insert into app_user (id, name, name_key, password_hash, role) values (?, ?, ?, 'x', 'user')`,
        [...[id, id, id]],
      );
      await em().execute('insert into user_settings (user_id, zone, language) values (?, ?, ?)', [id, zone, language]);
      if (chat) {
        const chatId = String(1_000 + Math.trunc(Number.parseInt(id.slice(0, 8), 16)));
        await em().execute(
          `insert into chat (messenger, chat_id, user_id, person_id, name) values ('telegram', ?, ?, ?, 'Anna')`,
          [chatId, id, chatId],
        );
      }
      return id;
    },
    /** What was written for a person, in order. */
    told: async (userId: string): Promise<ToldMessage[]> =>
      await em().execute<ToldMessage[]>(
        'select dedupe_key as key, edits, payload from outbox_message where user_id = ? order by id',
        [userId],
      ),
    /** What a promise waits for. */
    planned: async (kind: PromiseKind, id: string) =>
      await env.client.workflow.getHandle(promiseWorkflowId(kind, id)).query(plannedQuery),
  };
}

/** The HTML of messages that have some. */
export const textsOf = (messages: readonly ToldMessage[]): string[] =>
  messages.flatMap(({ payload }) => ('html' in payload ? [payload.html] : []));
