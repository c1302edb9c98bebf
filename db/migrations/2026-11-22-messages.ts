import { Migration } from '@mikro-orm/migrations';

const userOf = (table: string): string => `constraint ${table}_user_id_foreign references app_user (id)`;

const tables = [
  `create table outbox_message (id bigserial primary key, user_id uuid not null ${userOf('outbox_message')} on delete cascade,
    chat_id bigint not null, kind text not null, dedupe_key text not null, edits text null, payload jsonb not null,
    state text not null default 'pending', attempts int not null default 0, due_at timestamptz not null default now(),
    tried_at timestamptz null, message_id int null, error text null, created_at timestamptz not null default now(),
    sent_at timestamptz null, constraint outbox_message_user_id_dedupe_key_unique unique (user_id, dedupe_key))`,
  `create index outbox_message_user_id_state_chat_id_id_index on outbox_message (user_id, state, chat_id, id)`,
  `create index outbox_message_user_id_tried_at_index on outbox_message (user_id, tried_at)`,
  `create table outbox_sender (user_id uuid primary key ${userOf('outbox_sender')} on update cascade on delete cascade,
    fence bigint not null default 0, paused_until timestamptz null)`,
  `create table chat_pace (user_id uuid not null ${userOf('chat_pace')} on delete cascade,
    chat_id bigint not null, paused_until timestamptz not null, primary key (user_id, chat_id))`,
  `create table sticker_file (content_hash text primary key, bytes bytea not null, created_at timestamptz not null default now(),
    constraint sticker_file_size check (octet_length(bytes) <= 65536))`,
  `alter table sticker_file alter column bytes set storage external`, // compressed already
  `create table sticker_at_bot (content_hash text not null constraint sticker_at_bot_content_hash_foreign references sticker_file (content_hash)
    on delete cascade, bot_id bigint not null, file_id text not null, primary key (content_hash, bot_id))`,
  `create table sticker_fetch (sticker_id text primary key, due_at timestamptz not null, failures int not null default 0)`,
];
const inReverse = ['sticker_fetch', 'sticker_at_bot', 'sticker_file', 'chat_pace', 'outbox_sender', 'outbox_message'];

/** What is to be told to whom, how fast it may be told, and the stickers that go with it. */
export class Messages20261122 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
  }
}
