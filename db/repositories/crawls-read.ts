import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrawlMode, CrawlState, PageKind, PageState } from '../../contracts/catalog.ts';

/** One crawl with its counters; times are ISO 8601, UTC. */
export interface CrawlRow {
  readonly id: string;
  readonly sourceId: string;
  readonly mode: CrawlMode;
  readonly state: CrawlState;
  readonly fetched: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly products: number;
  readonly created: number;
  readonly changed: number;
  /** Pages of this crawl that wait to be fetched. */
  readonly pending: number;
  readonly error: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/** A page that the crawl gave up on or left out, and why. */
export interface CrawlPageRow {
  readonly id: number;
  readonly url: string;
  readonly kind: PageKind;
  readonly state: PageState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly fetchedAt: string | null;
}

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const CRAWL = `select crawl.id, source_id as "sourceId", mode, state, fetched, unchanged, failed, products, created,
  changed, error, ${iso('started_at')} as "startedAt", ${iso('finished_at')} as "finishedAt",
  (select count(*)::int from frontier_page where crawl_id = crawl.id and state in ('pending', 'fetching')) as pending
  from crawl`;

/** The crawl with this id, or null. */
export async function readCrawl(em: SqlEntityManager, crawlId: string): Promise<CrawlRow | null> {
  const [row] = await em.execute<CrawlRow[]>(`${CRAWL} where id = ?`, [crawlId]);
  return row ?? null;
}

export interface CrawlListQuery {
  readonly sourceId: string;
  readonly limit: number;
  /** Id of the last crawl of the page before. */
  readonly after: string | null;
}

/** Crawls of a source, newest first, at most `limit`. */
export async function listCrawls(
  em: SqlEntityManager,
  { sourceId, limit, after }: CrawlListQuery,
): Promise<CrawlRow[]> {
  const keyset = after === null ? '' : 'and (started_at, id) < (select started_at, id from crawl where id = ?)';
  return await em.execute<CrawlRow[]>(
    `${CRAWL} where source_id = ? ${keyset} order by started_at desc, id desc limit ?`,
    [sourceId, ...(after === null ? [] : [after]), limit],
  );
}

/** The newest crawl of each of these sources that has one. */
export async function latestCrawls(em: SqlEntityManager, sourceIds: readonly string[]): Promise<CrawlRow[]> {
  return await em.execute<CrawlRow[]>(
    `${CRAWL} where id in (select distinct on (source_id) id from crawl
       where source_id in (select jsonb_array_elements_text(?::jsonb)::uuid)
       order by source_id, started_at desc, id desc)`,
    [JSON.stringify(sourceIds)],
  );
}

export interface CrawlPageQuery {
  readonly crawlId: string;
  readonly state: 'failed' | 'skipped';
  readonly limit: number;
  /** `id` of the last page of the answer before. */
  readonly after: number | null;
}

/** Pages of a crawl in this state, in the order in which they were found, at most `limit`. */
export async function listCrawlPages(em: SqlEntityManager, query: CrawlPageQuery): Promise<CrawlPageRow[]> {
  const rows = await em.execute<(Omit<CrawlPageRow, 'id'> & { readonly id: string })[]>(
    `select id::text, url, kind, state, attempts, reason, ${iso('fetched_at')} as "fetchedAt" from frontier_page
     where crawl_id = ? and state = ? and id > ? order by id limit ?`,
    [query.crawlId, query.state, query.after ?? 0, query.limit],
  );
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** How long ago the source's newest crawl in this mode began, ms, cancelled ones aside; null = there was none. */
export async function msSinceStart(
  em: SqlEntityManager,
  { sourceId, mode }: { readonly sourceId: string; readonly mode: CrawlMode },
): Promise<number | null> {
  const [row] = await em.execute<{ ms: number | null }[]>(
    `select (extract(epoch from now() - max(started_at)) * 1000)::float8 as ms from crawl
     where source_id = ? and mode = ? and state <> 'cancelled'`,
    [sourceId, mode],
  );
  return row?.ms ?? null;
}
