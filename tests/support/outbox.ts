import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { addMessages } from '../../db/repositories/outbox.ts';
import type { NewOutboxMessage } from '../../domain/shared/outbox-message.ts';
import type { SendLimits } from '../../domain/shared/send-pace.ts';
import type { BotApiLimits } from '../../sandbox/telegram-bot/limits.ts';

export const BOT_TOKEN = '1234567890:AAExampleExampleExampleExampleExamp';

/** Telegram's limits with a second that takes 20 ms, on both sides. */
export const QUICK_LIMITS: SendLimits & BotApiLimits = {
  bot: { count: 30, windowMs: 20 },
  chat: { count: 1, windowMs: 20 },
  group: { count: 20, windowMs: 1_200 },
};

/** A user with an empty outbox. */
export async function addUser(orm: MikroORM): Promise<string> {
  const id = randomUUID();
  await orm.em
    .fork()
    .execute(`insert into app_user (id, name, name_key, password_hash, role) values (?, ?, ?, '', 'user')`, [
      id,
      id,
      id,
    ]);
  return id;
}

export interface OutboxRow {
  readonly key: string;
  readonly state: string;
  readonly attempts: number;
  readonly error: string | null;
}

export interface TestOutbox {
  readonly userId: string;
  readonly text: (chatId: string, key: string, html?: string) => Promise<void>;
  readonly edit: (chatId: string, key: string, edited: { readonly of: string; readonly html: string }) => Promise<void>;
  readonly add: (...messages: readonly Omit<NewOutboxMessage, 'userId'>[]) => Promise<void>;
  readonly rows: () => Promise<OutboxRow[]>;
}

/** A user's outbox as tests write and read it. */
export async function testOutbox(orm: MikroORM): Promise<TestOutbox> {
  const userId = await addUser(orm);
  const add: TestOutbox['add'] = async (...messages) => {
    await addMessages(
      orm.em.fork(),
      messages.map((message) => ({ ...message, userId })),
    );
  };
  return {
    userId,
    add,
    text: async (chatId, key, html = key) =>
      await add({ chatId, payload: { kind: 'text', html, silent: false }, dedupeKey: key, edits: null }),
    edit: async (chatId, key, { of, html }) =>
      await add({ chatId, payload: { kind: 'edit', html }, dedupeKey: key, edits: of }),
    rows: async () =>
      await orm.em
        .fork()
        .execute<OutboxRow[]>(
          'select dedupe_key as key, state, attempts, error from outbox_message where user_id = ? order by id',
          [userId],
        ),
  };
}
