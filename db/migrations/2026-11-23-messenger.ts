import { Migration } from '@mikro-orm/migrations';

/** A sender is a key instead of a user: the program has bots of its own. */
const senders = [
  `alter table outbox_message add column sender text null, add column urgent boolean not null default false`,
  `update outbox_message set sender = 'user:' || user_id`,
  `alter table outbox_message alter column sender set not null, alter column message_id type text using message_id::text`,
  `drop index outbox_message_user_id_state_chat_id_id_index`,
  `drop index outbox_message_user_id_tried_at_index`,
  `create index outbox_message_queue_index on outbox_message (sender, urgent desc, id) where state = 'pending'`,
  `create index outbox_message_chat_index on outbox_message (sender, chat_id, urgent desc, id) where state = 'pending'`,
  `create index outbox_message_sending_index on outbox_message (sender) where state = 'sending'`,
  `create index outbox_message_edits_index on outbox_message (sender, edits) where state = 'pending' and edits is not null`,
  `create index outbox_message_sender_tried_at_index on outbox_message (sender, tried_at)`,
  `create index outbox_message_sender_created_at_index on outbox_message (sender, created_at)`,
  `alter table outbox_sender add column sender text null`,
  `update outbox_sender set sender = 'user:' || user_id`,
  `alter table outbox_sender drop column user_id, add primary key (sender)`,
  `alter table chat_pace add column sender text null`,
  `update chat_pace set sender = 'user:' || user_id`,
  `alter table chat_pace drop column user_id, add primary key (sender, chat_id)`,
];

const backToUsers = [
  `delete from outbox_message where sender not like 'user:%'`,
  ...['outbox_sender', 'chat_pace'].flatMap((table) => [
    `delete from ${table} where sender not like 'user:%' or substr(sender, 6)::uuid not in (select id from app_user)`,
    `alter table ${table} add column user_id uuid null`,
    `update ${table} set user_id = substr(sender, 6)::uuid`,
    `alter table ${table} alter column user_id set not null, drop column sender`,
  ]),
  `alter table outbox_sender add primary key (user_id), add constraint outbox_sender_user_id_foreign
     foreign key (user_id) references app_user (id) on update cascade on delete cascade`,
  `alter table chat_pace add primary key (user_id, chat_id), add constraint chat_pace_user_id_foreign
     foreign key (user_id) references app_user (id) on delete cascade`,
  ...['queue', 'chat', 'sending', 'edits', 'sender_tried_at', 'sender_created_at'].map(
    (name) => `drop index outbox_message_${name}_index`,
  ),
  `alter table outbox_message alter column message_id type int using message_id::int, drop column sender, drop column urgent`,
  `create index outbox_message_user_id_state_chat_id_id_index on outbox_message (user_id, state, chat_id, id)`,
  `create index outbox_message_user_id_tried_at_index on outbox_message (user_id, tried_at)`,
];

const tables = [
  `create table message_file (content_hash text primary key, bytes bytea not null, created_at timestamptz not null default now())`,
  `alter table message_file alter column bytes set storage external`, // compressed already
  `create table chat (messenger text not null, chat_id bigint not null, user_id uuid not null constraint chat_user_id_foreign
    references app_user (id) on delete cascade, person_id bigint not null, name text not null, state text not null default 'active',
    reply_keyboard boolean not null default false, last_seen_at timestamptz not null default now(), primary key (messenger, chat_id))`,
  `create index chat_user_id_index on chat (user_id)`,
  `create table inbox_update (id bigserial primary key, uuid uuid not null default gen_random_uuid(), messenger text not null,
    update_key text not null, chat_id bigint not null, event jsonb not null, person jsonb not null, state text not null default 'new',
    attempts int not null default 0, received_at timestamptz not null default now(), handled_at timestamptz null, error text null,
    constraint inbox_update_messenger_update_key_unique unique (messenger, update_key))`,
  `create index inbox_update_new_index on inbox_update (messenger, chat_id, id) where state = 'new'`,
  `create index inbox_update_received_at_index on inbox_update (received_at)`,
  `create table ingress_marker (messenger text primary key, marker text not null, updated_at timestamptz not null default now())`,
];
const inReverse = ['ingress_marker', 'inbox_update', 'chat', 'message_file'];

/** The program's own bots: what they are told, by whom, and what they tell. */
export class Messenger20261123 extends Migration {
  override up(): void {
    for (const sql of [...senders, ...tables]) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
    for (const sql of backToUsers) this.addSql(sql);
  }
}
