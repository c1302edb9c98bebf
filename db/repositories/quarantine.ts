import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Doubt, Known } from '../../domain/catalog/plausibility.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import type { Held } from '../../domain/catalog/quarantine.ts';
import type { EarlierShift } from '../../domain/catalog/shared-readings.ts';

/** What is known of one product page before it is written again. */
export interface Before {
  readonly url: string;
  /** null = the product is not stored. */
  readonly productId: string | null;
  readonly known: Known | null;
  readonly held: Held | null;
}

interface BeforeRow extends Omit<Known, 'title'> {
  readonly url: string;
  readonly id: string | null;
  readonly title: string | null;
  readonly reading: ProductRecord | null;
  readonly crawlId: string | null;
  readonly ageMs: number | null;
}

/** Locks the stored products among these and tells what they and their quarantined readings say; absent = nothing is known. */
export async function lockKnown(
  em: SqlEntityManager,
  sourceId: string,
  urls: readonly string[],
): Promise<ReadonlyMap<string, Before>> {
  const list = JSON.stringify(urls);
  const rows = await em.execute<BeforeRow[]>(
    `with known as (
       select id, url, title, sku, gtin, price_minor, currency from product
       where source_id = ? and url in (select jsonb_array_elements_text(?::jsonb)) order by id for update
     ), held as (
       select url, reading, crawl_id, seen_at from quarantine
       where source_id = ? and url in (select jsonb_array_elements_text(?::jsonb))
     )
     select coalesce(known.url, held.url) as url, id, title, sku, gtin, price_minor::float8 as "priceMinor", currency,
       reading, crawl_id as "crawlId", (extract(epoch from now() - seen_at) * 1000)::float8 as "ageMs"
     from known full join held on held.url = known.url`,
    [sourceId, list, sourceId, list],
  );
  return new Map(rows.map((row) => [row.url, toBefore(row)]));
}

const toBefore = (row: BeforeRow): Before => {
  const { url, id, title, sku, gtin, priceMinor, currency, reading, crawlId, ageMs } = row;
  return {
    url,
    productId: id,
    known: title === null ? null : { title, sku, gtin, priceMinor, currency },
    held: reading === null || crawlId === null ? null : { reading, crawlId, ageMs: ageMs ?? 0 },
  };
};

/** Of these prices, those that this crawl has given to products already, with what they cost before. */
export async function earlierShifts(
  em: SqlEntityManager,
  crawlId: string,
  prices: readonly number[],
): Promise<EarlierShift[]> {
  if (prices.length === 0) return [];
  return await em.execute<EarlierShift[]>(
    `select price_minor::float8 as "priceMinor", currency, array_agg(distinct previous_minor::float8) as "previousMinor"
     from price_change where crawl_id = ? and price_minor in (select jsonb_array_elements_text(?::jsonb)::bigint)
     group by price_minor, currency`,
    [crawlId, JSON.stringify(prices)],
  );
}

export interface DoubtedReading {
  readonly pageId: number;
  readonly doubt: Doubt;
  readonly reading: ProductRecord;
}

/** Keeps doubted readings beside the catalogue; one that says something new takes the place of the one before. */
export async function holdReadings(
  em: SqlEntityManager,
  { sourceId, crawlId }: { readonly sourceId: string; readonly crawlId: string },
  readings: readonly DoubtedReading[],
): Promise<void> {
  if (readings.length === 0) return;
  const rows = readings.map(({ pageId, doubt, reading }) => ({ page_id: pageId, url: reading.url, doubt, reading }));
  await em.execute(
    `insert into quarantine (source_id, page_id, url, doubt, reading, crawl_id)
     select ?::uuid, page_id, url, doubt, reading, ?::uuid
     from jsonb_to_recordset(?::jsonb) as held (page_id bigint, url text, doubt text, reading jsonb)
     on conflict (source_id, url) do update set page_id = excluded.page_id, doubt = excluded.doubt,
       reading = excluded.reading, crawl_id = excluded.crawl_id, seen_at = now()`,
    [sourceId, crawlId, JSON.stringify(rows)],
  );
}

/** Forgets what was held of these products: it was confirmed, or another reading is believed. */
export async function releaseReadings(em: SqlEntityManager, sourceId: string, urls: readonly string[]): Promise<void> {
  if (urls.length === 0) return;
  await em.execute(
    'delete from quarantine where source_id = ? and url in (select jsonb_array_elements_text(?::jsonb))',
    [sourceId, JSON.stringify(urls)],
  );
}
