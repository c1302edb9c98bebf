import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Availability } from '../../domain/catalog/product-page.ts';

/** What a list shows of a product. Amounts are minor units of `currency`; `lastSeenAt` is ISO 8601. */
export interface ProductHit {
  readonly id: string;
  readonly sourceId: string;
  readonly url: string;
  readonly title: string;
  readonly brand: string | null;
  readonly images: readonly string[];
  readonly priceMinor: number | null;
  readonly oldPriceMinor: number | null;
  readonly highPriceMinor: number | null;
  readonly currency: string | null;
  readonly availability: Availability | null;
  readonly missing: readonly string[];
  readonly lastSeenAt: string;
  /** Higher is nearer to the query; null when browsing. */
  readonly score: number | null;
}

/** A row of `HIT_COLUMNS`: amounts are text, for a bigint may be more than a number holds exactly. */
export type HitRow = Omit<ProductHit, 'priceMinor' | 'oldPriceMinor' | 'highPriceMinor' | 'score'> & {
  readonly priceMinor: string | null;
  readonly oldPriceMinor: string | null;
  readonly highPriceMinor: string | null;
};

/** Columns of `product` that a hit is made of. */
export const HIT_COLUMNS = `id, source_id as "sourceId", url, title, brand, images, price_minor::text as "priceMinor",
  old_price_minor::text as "oldPriceMinor", high_price_minor::text as "highPriceMinor", currency, availability, missing,
  to_char(last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastSeenAt"`;

/** A hit from its row. */
export function toHit(row: HitRow, score: number | null): ProductHit {
  return {
    id: row.id,
    sourceId: row.sourceId,
    url: row.url,
    title: row.title,
    brand: row.brand,
    images: row.images,
    priceMinor: asNumber(row.priceMinor),
    oldPriceMinor: asNumber(row.oldPriceMinor),
    highPriceMinor: asNumber(row.highPriceMinor),
    currency: row.currency,
    availability: row.availability,
    missing: row.missing,
    lastSeenAt: row.lastSeenAt,
    score,
  };
}

const asNumber = (text: string | null): number | null => (text === null ? null : Number(text));

/** Hits of products in the order given; those that no longer exist are left out. */
export async function hitsOf(
  em: SqlEntityManager,
  ranked: readonly { readonly id: string; readonly score: number }[],
): Promise<ProductHit[]> {
  const rows = await em.execute<HitRow[]>(
    `select ${HIT_COLUMNS} from product where id in (select jsonb_array_elements_text(?::jsonb)::uuid)`,
    [JSON.stringify(ranked.map(({ id }) => id))],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ranked.flatMap(({ id, score }) => {
    const row = byId.get(id);
    return row === undefined ? [] : [toHit(row, score)];
  });
}
