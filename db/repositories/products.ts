import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { searchableText, type ProductRecord } from '../../domain/catalog/product-record.ts';

/** Columns that come from the page, with their SQL types; everything else in the row is kept by an upsert. */
const PAGE_COLUMNS = [
  ['title', 'text'],
  ['description', 'text'],
  ['brand', 'text'],
  ['sku', 'text'],
  ['gtin', 'text'],
  ['mpn', 'text'],
  ['category_path', 'jsonb'],
  ['images', 'jsonb'],
  ['attributes', 'jsonb'],
  ['variants', 'jsonb'],
  ['rating', 'jsonb'],
  ['price_minor', 'bigint'],
  ['high_price_minor', 'bigint'],
  ['old_price_minor', 'bigint'],
  ['currency', 'text'],
  ['availability', 'text'],
  ['language', 'text'],
  ['provenance', 'jsonb'],
  ['missing', 'jsonb'],
  ['text_hash', 'text'],
] as const;

const names = PAGE_COLUMNS.map(([name]) => name);
const listed = (prefix: string) => names.map((name) => `${prefix}.${name}`).join(', ');
const OFFER = ['price_minor', 'old_price_minor', 'currency', 'availability'];
/** A price that became another one, so that many products taking on one price are noticed. */
const IS_SHIFT = 'before.price_minor is distinct from written.price_minor and before.price_minor is not null';
const offer = (prefix: string) => `(${OFFER.map((name) => `${prefix}.${name}`).join(', ')})`;

/**
 * One statement: rows new or changed, and one history row for each change of price, currency or availability.
 * `before` sees the rows as they were when the statement began; LOCK keeps them so until it does.
 */
const UPSERT = `
  with page as (
    select * from jsonb_to_recordset(?::jsonb) as page
      (url text, ${PAGE_COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})
  ), before as (
    select product.* from product join page on product.source_id = ? and product.url = page.url
  ), written as (
    insert into product as product (id, source_id, url, ${names.join(', ')})
    select gen_random_uuid(), ?::uuid, page.url, ${listed('page')} from page
    on conflict (source_id, url) do update set
      ${names.map((name) => `${name} = excluded.${name}`).join(', ')},
      last_seen_at = now(), gone_votes = 0, gone_at = null,
      changed_at = case when (${listed('product')}) is distinct from (${listed('excluded')})
        then now() else product.changed_at end
    returning *
  ), history as (
    insert into price_change (product_id, price_minor, old_price_minor, currency, availability, previous_minor, crawl_id)
    select written.id, ${OFFER.map((name) => `written.${name}`).join(', ')},
      case when ${IS_SHIFT} then before.price_minor end, case when ${IS_SHIFT} then ?::uuid end
    from written left join before on before.id = written.id
    where before.id is null or ${offer('before')} is distinct from ${offer('written')}
  )
  select written.id, written.url, before.id is null as created,
    before.id is null or written.changed_at = now() as changed,
    before.id is not null and ${offer('before')} is distinct from ${offer('written')} as repriced
  from written left join before on before.id = written.id`;

const LOCK = `select id from product where source_id = ? and url in (select jsonb_array_elements_text(?::jsonb))
  order by id for update`;

/** What became of one product. */
export interface WrittenProduct {
  readonly id: string;
  readonly url: string;
  readonly created: boolean;
  /** It is new, or says something else than before. */
  readonly changed: boolean;
  /** Its price, currency or availability is another one than before. */
  readonly repriced: boolean;
}

/**
 * Creates or updates products by (source, url), inside the caller's transaction; safe to repeat.
 * The caller holds the locks of those that are stored; see `lockKnown`.
 * @param crawlId  the crawl that read them, null = none did
 */
export async function writeProducts(
  em: SqlEntityManager,
  { sourceId, crawlId }: { readonly sourceId: string; readonly crawlId: string | null },
  products: readonly ProductRecord[],
): Promise<WrittenProduct[]> {
  if (products.length === 0) return [];
  const rows = JSON.stringify(products.map(toRow));
  return await em.execute<WrittenProduct[]>(UPSERT, [rows, sourceId, sourceId, crawlId]);
}

/** Stores products that no crawl has read, such as seeds; inside the caller's transaction, safe to repeat. */
export async function upsertProducts(
  em: SqlEntityManager,
  sourceId: string,
  products: readonly ProductRecord[],
): Promise<{ created: number; changed: number }> {
  const byUrl = new Map(products.map((product) => [product.url, product]));
  await em.execute(LOCK, [sourceId, JSON.stringify([...byUrl.keys()])]);
  const written = await writeProducts(em, { sourceId, crawlId: null }, [...byUrl.values()]);
  return {
    created: written.filter(({ created }) => created).length,
    changed: written.filter(({ created, changed }) => changed && !created).length,
  };
}

function toRow(product: ProductRecord): object {
  const { categoryPath, priceMinor, highPriceMinor, oldPriceMinor, ...same } = product;
  return {
    ...same,
    category_path: categoryPath,
    price_minor: priceMinor,
    high_price_minor: highPriceMinor,
    old_price_minor: oldPriceMinor,
    text_hash: createHash('sha256').update(searchableText(product)).digest('hex'),
  };
}

/** Their pages answered as before: the products are alive. */
export async function confirmProducts(em: SqlEntityManager, sourceId: string, urls: readonly string[]): Promise<void> {
  if (urls.length === 0) return;
  await em.execute(
    `update product set last_seen_at = now(), gone_votes = 0, gone_at = null
     where source_id = ? and url in (select jsonb_array_elements_text(?::jsonb))`,
    [sourceId, JSON.stringify(urls)],
  );
}

/** How many of these pages hold a product that is stored and not gone. */
export async function countStored(em: SqlEntityManager, sourceId: string, urls: readonly string[]): Promise<number> {
  if (urls.length === 0) return 0;
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from product
     where source_id = ? and gone_at is null and url in (select jsonb_array_elements_text(?::jsonb))`,
    [sourceId, JSON.stringify(urls)],
  );
  return row?.count ?? 0;
}

/** Answers in which a product's own page says «gone» before it is believed. */
const GONE_AFTER_VOTES = 2;

/** A product that is gone since now. */
export interface GoneProduct {
  readonly id: string;
  readonly url: string;
  readonly title: string;
}

/**
 * Their own pages say that they are gone; each crawl has one vote.
 * @returns the products that are gone by this vote
 */
export async function voteGone(
  em: SqlEntityManager,
  sourceId: string,
  urls: readonly string[],
): Promise<GoneProduct[]> {
  if (urls.length === 0) return [];
  const voted = await em.execute<(GoneProduct & { now: boolean })[]>(
    `update product set gone_votes = gone_votes + 1,
       gone_at = case when gone_votes + 1 >= ? then coalesce(gone_at, now()) else gone_at end
     where source_id = ? and url in (select jsonb_array_elements_text(?::jsonb))
     returning id, url, title, gone_votes = ? as now`,
    [GONE_AFTER_VOTES, sourceId, JSON.stringify(urls), GONE_AFTER_VOTES],
  );
  return voted.flatMap(({ now, ...product }) => (now ? [product] : []));
}
