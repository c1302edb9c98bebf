import { Migration } from '@mikro-orm/migrations';

const columns = {
  frontier_page: [
    'refresh_hours double precision null',
    'due_at timestamptz null',
    'priority int not null default 0',
    'confirming boolean not null default false',
    'ready_at timestamptz null',
    'says_gone boolean not null default false',
  ],
  crawl: [
    'quality_pages int not null default 0',
    'with_title int not null default 0',
    'with_price int not null default 0',
    'with_image int not null default 0',
    'with_availability int not null default 0',
    'plausible int not null default 0',
    'layout_changed boolean not null default false',
  ],
  source: ['layout_suspect_since timestamptz null'],
  price_change: ['previous_minor bigint null', 'crawl_id uuid null'],
};
const tables = [
  `create index price_change_crawl_id_price_minor_index on price_change (crawl_id, price_minor)`,
  `create table quarantine (id bigserial primary key, source_id uuid not null constraint quarantine_source_id_foreign references source (id) on delete cascade,
    page_id bigint not null constraint quarantine_page_id_foreign references frontier_page (id) on delete cascade,
    url text not null, doubt text not null, reading jsonb not null, crawl_id uuid not null,
    seen_at timestamptz not null default now(), constraint quarantine_source_id_url_unique unique (source_id, url))`,
  `create table event (id bigserial primary key, kind text not null, source_id uuid not null constraint event_source_id_foreign references source (id) on delete cascade,
    product_id uuid null constraint event_product_id_foreign references product (id) on delete cascade, payload jsonb not null,
    dedupe_key text not null, sample bytea null, created_at timestamptz not null default now(),
    constraint event_dedupe_key_unique unique (dedupe_key))`,
  `create index event_source_id_id_index on event (source_id, id)`,
  `create index event_kind_id_index on event (kind, id)`,
  `create table price_watch (id uuid primary key, product_id uuid not null constraint price_watch_product_id_foreign references product (id) on delete cascade,
    below_minor bigint null, drop_percent int null, back_in_stock boolean not null, currency text null,
    hysteresis_percent int not null, armed boolean not null, extreme_minor bigint null, stock_armed boolean not null,
    stock_told_at timestamptz null, created_at timestamptz not null default now())`,
  `create index price_watch_product_id_index on price_watch (product_id)`,
  `create table raw_page (page_id bigint primary key constraint raw_page_page_id_foreign references frontier_page (id) on update cascade on delete cascade,
    source_id uuid not null constraint raw_page_source_id_foreign references source (id) on delete cascade,
    url text not null, content_type text null, hash text not null, body bytea not null, size int not null,
    stored_at timestamptz not null default now())`,
  `alter table raw_page alter column body set storage external`, // compressed already
  `create index raw_page_source_id_page_id_index on raw_page (source_id, page_id)`,
  `create table replay (id uuid primary key, source_id uuid not null constraint replay_source_id_foreign references source (id) on delete cascade,
    state text not null, cursor bigint not null default 0, pages int not null default 0, products int not null default 0,
    created int not null default 0, changed int not null default 0, held int not null default 0, error text null,
    started_at timestamptz not null default now(), finished_at timestamptz null)`,
  `create index replay_source_id_started_at_index on replay (source_id, started_at)`,
];
const inReverse = ['replay', 'raw_page', 'price_watch', 'event', 'quarantine'];

/** Quarantine, events, price watches, kept pages and their replays, the quality and refresh of crawled pages. */
export class KeepingRight20261121 extends Migration {
  override up(): void {
    for (const [table, added] of Object.entries(columns)) {
      this.addSql(`alter table ${table} ${added.map((column) => `add column ${column}`).join(', ')}`);
    }
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
    this.addSql('drop index price_change_crawl_id_price_minor_index');
    for (const [table, added] of Object.entries(columns)) {
      this.addSql(
        `alter table ${table} ${added.map((column) => `drop column ${column.split(' ')[0] ?? ''}`).join(', ')}`,
      );
    }
  }
}
