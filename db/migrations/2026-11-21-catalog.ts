import { Migration } from '@mikro-orm/migrations';
import { SEARCH_TEXT_SQL } from '../entities/product.ts';

const tables = [
  `create table source (id uuid primary key, name text not null, config jsonb not null, state text not null,
    failures int not null default 0, retry_at timestamptz null, last_error text null,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    constraint source_name_unique unique (name))`,
  `create table crawl (id uuid primary key, source_id uuid not null constraint crawl_source_id_foreign references source (id) on delete cascade,
    mode text not null, state text not null, fetched int not null default 0, unchanged int not null default 0,
    failed int not null default 0, products int not null default 0, created int not null default 0,
    changed int not null default 0, error text null, started_at timestamptz not null default now(),
    finished_at timestamptz null)`,
  `create index crawl_source_id_started_at_index on crawl (source_id, started_at)`,
  `create table frontier_page (id bigserial primary key, source_id uuid not null constraint frontier_page_source_id_foreign references source (id) on delete cascade,
    url text not null, kind text not null, depth int not null, barren int not null default 0, state text not null, crawl_id uuid null, claim text null,
    attempts int not null default 0, crashes int not null default 0, reason text null, etag text null, last_modified text null, body_hash text null,
    fetched_at timestamptz null, constraint frontier_page_source_id_url_unique unique (source_id, url))`,
  `create index frontier_page_crawl_id_state_index on frontier_page (crawl_id, state)`,
  `create table host_budget (host text primary key, next_slot_at timestamptz not null default now(),
    blocked_until timestamptz null, block_reason text null, blocks int not null default 0, robots_status int null,
    robots_text text null, robots_fetched_at timestamptz null)`,
  `create table product (id uuid primary key, source_id uuid not null constraint product_source_id_foreign references source (id) on delete cascade,
    url text not null, title text not null, description text null, brand text null, sku text null, gtin text null,
    mpn text null, category_path jsonb not null, images jsonb not null, attributes jsonb not null,
    variants jsonb not null, rating jsonb null, price_minor bigint null, high_price_minor bigint null,
    old_price_minor bigint null, currency text null, availability text null, language text null,
    provenance jsonb not null, missing jsonb not null, text_hash text not null,
    first_seen_at timestamptz not null default now(), last_seen_at timestamptz not null default now(),
    changed_at timestamptz not null default now(), gone_votes int not null default 0, gone_at timestamptz null,
    search_text tsvector generated always as ${SEARCH_TEXT_SQL} stored,
    constraint product_source_id_url_unique unique (source_id, url))`,
  `create index product_search_text_index on product using gin (search_text)`,
  `create index product_currency_price_minor_index on product (currency, price_minor)`,
  `create table price_change (id bigserial primary key, product_id uuid not null constraint price_change_product_id_foreign references product (id) on delete cascade,
    seen_at timestamptz not null default now(), price_minor bigint null, old_price_minor bigint null,
    currency text null, availability text null)`,
  `create index price_change_product_id_seen_at_index on price_change (product_id, seen_at)`,
  `create table product_vector (product_id uuid not null constraint product_vector_product_id_foreign references product (id) on delete cascade, space text not null,
    text_hash text not null, embedding vector not null, primary key (product_id, space))`,
  `create index product_vector_space_index on product_vector (space)`,
  `create table embedding_space (name text primary key, kind text not null, dimensions int not null, lexicon_version int null,
    model jsonb null, centroid vector null, created_at timestamptz not null default now(), completed_at timestamptz null)`,
  `create table lexicon (version int primary key, documents int not null, frequencies bytea not null, field_lengths jsonb not null, vocabulary jsonb not null,
    created_at timestamptz not null default now())`,
  `create table idempotency_record (key text not null, route text not null, request_hash text not null, status int null,
    body jsonb null, created_at timestamptz not null default now(), primary key (key, route))`,
];
const inReverse = [
  'idempotency_record',
  'lexicon',
  'embedding_space',
  'product_vector',
  'price_change',
  'product',
  'host_budget',
  'frontier_page',
  'crawl',
  'source',
];

/** Sources, crawls, the frontier, products with price history, vectors and the API's idempotency records. */
export class Catalog20261121 extends Migration {
  override up(): void {
    this.addSql('create extension if not exists vector');
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
  }
}
