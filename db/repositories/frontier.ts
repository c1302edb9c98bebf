import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrawlMode, PageKind } from '../../contracts/catalog.ts';

export interface NewPage {
  /** Canonical. */
  readonly url: string;
  readonly kind: PageKind;
  readonly depth: number;
  /** Catalogue pages in a row, up to this one, that led to nothing new. */
  readonly barren: number;
}

export interface ClaimedPage extends NewPage {
  readonly id: number;
  /** Failed tries in this crawl. */
  readonly attempts: number;
  /** Batches of this crawl that died while they held it. */
  readonly crashes: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  /** Between the last two looks at it, hours; null = it was not looked at before. */
  readonly refreshHours: number | null;
}

interface CrawlScope {
  readonly sourceId: string;
  readonly crawlId: string;
}

const INSERT_CHUNK = 1000;
/** Pages that are asked a second time come last. */
const IN_ORDER = 'attempts, priority desc, depth, due_at nulls first, id';
/** Dead batches, the one counted that still seems to hold the page. */
const CRASHES = `crashes + (state = 'fetching')::int`;
/** What of a page belongs to the crawl that it was in before. */
const AFRESH = `attempts = 0, crashes = 0, reason = null, claim = null, confirming = false, ready_at = null, says_gone = false`;

/**
 * Puts pages into the crawl unless they are in it already.
 * In `discovery` mode product pages only become known; they are opened by the next deep crawl.
 * @returns the URLs that are new to this crawl
 */
export async function addPages(
  em: SqlEntityManager,
  scope: CrawlScope & { readonly mode: CrawlMode },
  pages: readonly NewPage[],
): Promise<string[]> {
  const added: string[] = [];
  for (let at = 0; at < pages.length; at += INSERT_CHUNK) {
    const rows = await em.execute<{ url: string }[]>(
      `insert into frontier_page (source_id, url, kind, depth, barren, state, crawl_id)
       select ?::uuid, url, kind, depth, barren,
         case when ? = 'discovery' and kind = 'product' then 'known' else 'pending' end, ?::uuid
       from jsonb_to_recordset(?::jsonb) as page (url text, kind text, depth int, barren int)
       on conflict (source_id, url) do update set state = excluded.state, crawl_id = excluded.crawl_id,
         kind = excluded.kind, depth = excluded.depth, barren = excluded.barren, ${AFRESH}
       where frontier_page.crawl_id is distinct from excluded.crawl_id
       returning url`,
      [scope.sourceId, scope.mode, scope.crawlId, JSON.stringify(distinctByUrl(pages.slice(at, at + INSERT_CHUNK)))],
    );
    added.push(...rows.map(({ url }) => url));
  }
  return added;
}

function distinctByUrl(pages: readonly NewPage[]): readonly NewPage[] {
  return [...new Map(pages.map((page) => [page.url, page])).values()];
}

/** Puts the source's known pages of these kinds into the crawl; returns how many were not in it yet. */
export async function addKnownPages(
  em: SqlEntityManager,
  { sourceId, crawlId }: CrawlScope,
  kinds: readonly PageKind[],
): Promise<number> {
  const rows = await em.execute<{ id: number }[]>(
    `update frontier_page set state = 'pending', crawl_id = ?, ${AFRESH}
     where source_id = ? and kind in (select jsonb_array_elements_text(?::jsonb)) and crawl_id is distinct from ?
     returning id`,
    [crawlId, sourceId, JSON.stringify(kinds), crawlId],
  );
  return rows.length;
}

/**
 * Puts the source's product pages that are due into the crawl: those never read, those whose product somebody watches,
 * and those whose time has come or comes within `aheadHours`. Watched ones are claimed first. Returns how many.
 */
export async function addDuePages(
  em: SqlEntityManager,
  { sourceId, crawlId }: CrawlScope,
  aheadHours: number,
): Promise<number> {
  const rows = await em.execute<{ id: number }[]>(
    `with watched as (
       select distinct product.url from price_watch join product on product.id = product_id where source_id = ?
     )
     update frontier_page as page set state = 'pending', crawl_id = ?, ${AFRESH},
       priority = (page.url in (select url from watched))::int
     where source_id = ? and kind = 'product' and crawl_id is distinct from ?
       and (due_at is null or due_at <= now() + ? * interval '1 hour' or page.url in (select url from watched))
     returning id`,
    [sourceId, crawlId, sourceId, crawlId, aheadHours],
  );
  return rows.length;
}

interface ClaimQuery {
  readonly crawlId: string;
  /** Unique to one attempt of one batch; a page claimed under another token of this crawl belongs to a dead batch. */
  readonly token: string;
  readonly limit: number;
}

/** A page that so many dead batches held is asked for alone, so that it takes no other with it. */
const SUSPECT_CRASHES = 3;

/**
 * Takes the crawl's next pages under the batch's token: pages that are asked a second time last, then untried, important,
 * shallow and long overdue ones first; pages that batches died on one by one, after all others.
 */
export async function claimPages(em: SqlEntityManager, query: ClaimQuery): Promise<ClaimedPage[]> {
  const pages = await claim(em, query, `${CRASHES} < ${SUSPECT_CRASHES}`);
  return pages.length > 0 ? pages : await claim(em, { ...query, limit: 1 }, `${CRASHES} >= ${SUSPECT_CRASHES}`);
}

async function claim(
  em: SqlEntityManager,
  { crawlId, token, limit }: ClaimQuery,
  which: string,
): Promise<ClaimedPage[]> {
  return await em.execute<ClaimedPage[]>(
    `with claimed as (
       update frontier_page set state = 'fetching', claim = ?, crashes = ${CRASHES}
       where id in (select id from frontier_page
         where crawl_id = ? and (state = 'pending' or (state = 'fetching' and claim is distinct from ?))
           and ${which} and (ready_at is null or ready_at <= now())
         order by confirming, ${CRASHES}, ${IN_ORDER} limit ? for update skip locked)
       returning *
     )
     select id::float8 as id, url, kind, depth, barren, attempts, crashes, etag, last_modified as "lastModified",
       body_hash as "bodyHash", refresh_hours as "refreshHours" from claimed order by confirming, crashes, ${IN_ORDER}`,
    [token, crawlId, token, limit],
  );
}

/** Until the first of the crawl's pages that may not be claimed yet, ms, ≥ 0; null when there is none. */
export async function firstReadyInMs(em: SqlEntityManager, crawlId: string): Promise<number | null> {
  const [row] = await em.execute<{ ms: number | null }[]>(
    `select (extract(epoch from min(ready_at) - now()) * 1000)::float8 as ms from frontier_page
     where crawl_id = ? and state = 'pending' and ready_at is not null`,
    [crawlId],
  );
  const ms = row?.ms ?? null;
  return ms === null ? null : Math.max(0, ms);
}

/** Puts back what the batch holds and did not finish. */
export async function releasePages(em: SqlEntityManager, token: string): Promise<void> {
  await em.execute(
    `update frontier_page set state = 'pending', claim = null
     where claim = ? and state = 'fetching'`,
    [token],
  );
}

/** Pages of the crawl that were answered, given up on or refused. */
export async function countVisited(em: SqlEntityManager, crawlId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from frontier_page where crawl_id = ? and state in ('done', 'failed', 'skipped')`,
    [crawlId],
  );
  return row?.count ?? 0;
}
