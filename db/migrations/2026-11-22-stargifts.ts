import { Migration } from '@mikro-orm/migrations';

const owned = (table: string): string =>
  `user_id uuid not null constraint ${table}_user_id_foreign references app_user (id) on delete cascade`;
const tables = [
  `create table star_gift (${owned('star_gift')}, gift_id bigint not null, title text null,
    price_stars bigint not null, is_limited boolean not null, total bigint null, remaining bigint null,
    is_sold_out boolean not null, requires_premium boolean not null, is_auction boolean not null,
    per_user_total bigint null, locks jsonb not null default '{}', upgrade_stars bigint null,
    first_sale_at timestamptz null, last_sale_at timestamptz null, sticker_id text null, sticker_hash text null,
    first_seen_at timestamptz not null default now(), appeared_at timestamptz null,
    on_sale_since timestamptz null, sold_out_at timestamptz null, updated_at timestamptz not null default now(),
    primary key (user_id, gift_id))`,
  `create index star_gift_sticker_id_index on star_gift (sticker_id)`,
  `create table gift_event (id bigserial primary key, ${owned('gift_event')},
    gift_id bigint not null, kind text not null, at timestamptz not null default now(), data jsonb not null)`,
  `create index gift_event_user_id_id_index on gift_event (user_id, id)`,
  `create index gift_event_user_id_gift_id_id_index on gift_event (user_id, gift_id, id)`,
  `create table gift_watch (user_id uuid primary key constraint gift_watch_user_id_foreign references app_user (id) on update cascade on delete cascade, baseline boolean not null default true,
    started_at timestamptz not null default now(), last_poll_at timestamptz null, last_error text null,
    degraded_since timestamptz null, polls bigint not null default 0, gifts int not null default 0)`,
  `create table drop_run (id uuid primary key, ${owned('drop_run')}, kind text not null,
    state text not null, seed text not null, detected_at timestamptz not null default now(), plan jsonb not null,
    report jsonb null, stop_at timestamptz null, run_at timestamptz null, round int not null default 0,
    workflow_started_at timestamptz null, finished_at timestamptz null)`,
  `create index drop_run_user_id_detected_at_index on drop_run (user_id, detected_at)`,
  `create table purchase (id uuid primary key, drop_id uuid not null constraint purchase_drop_id_foreign references drop_run (id) on delete cascade,
    ${owned('purchase')}, account_id uuid not null, seq int not null, round int not null,
    gift_id bigint not null, target text not null, price_stars bigint not null, supply bigint null,
    state text not null, form_id bigint null, form_at timestamptz null, sent_at timestamptz null,
    last_sent_at timestamptz null, sends int not null default 0, forms int not null default 0,
    decided_at timestamptz null, failure text null, code text null, fence bigint null,
    created_at timestamptz not null default now(), constraint purchase_drop_id_seq_unique unique (drop_id, seq))`,
  `create index purchase_drop_id_account_id_state_index on purchase (drop_id, account_id, state)`,
  `create index purchase_account_id_state_index on purchase (account_id, state)`,
  `create index purchase_user_id_created_at_index on purchase (user_id, created_at)`,
];
const inReverse = ['purchase', 'drop_run', 'gift_watch', 'gift_event', 'star_gift'];

/** Star gifts: the ledger with its events, the watcher, drops and their purchases. */
export class Stargifts20261122 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
  }
}
