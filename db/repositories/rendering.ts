import type { SqlEntityManager } from '@mikro-orm/sql';

/** A product that came in whole enough: `missing` names no price; without a title there is no product. */
const IS_WHOLE = `product.gone_at is null and not product.missing @> '["price"]'`;

/** Whether most product pages of the crawl gave no title and price, or it found no product at all. */
export async function lacksFields(em: SqlEntityManager, crawlId: string): Promise<boolean> {
  const [row] = await em.execute<{ answered: number; pages: number; whole: number }[]>(
    `select crawl.fetched + crawl.unchanged as answered,
       (select count(*)::int from frontier_page where crawl_id = crawl.id and state = 'done' and kind = 'product') as pages,
       (select count(*)::int from product where source_id = crawl.source_id and last_seen_at >= crawl.started_at
          and ${IS_WHOLE}) as whole
     from crawl where id = ?`,
    [crawlId],
  );
  return row !== undefined && row.answered > 0 && row.whole * 2 < Math.max(1, row.pages);
}

/** Pages of the crawl to judge a browser by: product pages that gave no whole product, else catalogue pages. */
export async function pagesThatLack(em: SqlEntityManager, crawlId: string, limit: number): Promise<string[]> {
  const rows = await em.execute<{ url: string }[]>(
    `select url from frontier_page as page where crawl_id = ? and state = 'done' and kind in ('product', 'listing')
       and not exists (select 1 from product where source_id = page.source_id and url = page.url and ${IS_WHOLE})
     order by (kind = 'product') desc, depth, id limit ?`,
    [crawlId, limit],
  );
  return rows.map(({ url }) => url);
}

/** Some product pages of the source that gave whole products, the ones seen last. */
export async function wholePages(em: SqlEntityManager, sourceId: string, limit: number): Promise<string[]> {
  const rows = await em.execute<{ url: string }[]>(
    `select url from product where source_id = ? and ${IS_WHOLE} order by last_seen_at desc, id limit ?`,
    [sourceId, limit],
  );
  return rows.map(({ url }) => url);
}

/** Keeps what was found out about the source, as of now. */
export async function setRendering(
  em: SqlEntityManager,
  sourceId: string,
  rendering: 'static' | 'browser',
): Promise<void> {
  await em.execute('update source set rendering = ?, rendering_since = now() where id = ?', [rendering, sourceId]);
}

/** Puts the crawl's answered pages back, to be opened in a browser: nothing that was seen without one holds. */
export async function reopenPages(em: SqlEntityManager, crawlId: string): Promise<number> {
  const rows = await em.execute<{ id: number }[]>(
    `update frontier_page set state = 'pending', attempts = 0, crashes = 0, reason = null, claim = null, barren = 0, etag = null,
       last_modified = null, body_hash = null, confirming = false, ready_at = null, says_gone = false
     where crawl_id = ? and kind in ('product', 'listing') and state in ('done', 'failed') returning id`,
    [crawlId],
  );
  return rows.length;
}
