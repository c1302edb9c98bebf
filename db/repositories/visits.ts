import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrawlCounts, CrawlMode } from '../../contracts/catalog.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { addCrawlCounts } from './crawls.ts';
import { addPages, type NewPage } from './frontier.ts';
import { confirmProducts, upsertProducts, voteGone } from './products.ts';

/** What came of one claimed page, ready to be stored. */
export interface PageVisit {
  readonly pageId: number;
  readonly outcome: 'fetched' | 'unchanged' | 'gone' | 'skipped' | 'failed' | 'retry';
  readonly reason: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  /** Of the page itself; see `NewPage`. */
  readonly barren: number;
  /** Products read from the page; usually one or none, many for an API page. */
  readonly products: readonly ProductRecord[];
  readonly links: readonly NewPage[];
  /** Canonical URL of the page; the product stored under it is confirmed or voted gone. */
  readonly url: string;
}

export interface VisitScope {
  readonly sourceId: string;
  readonly crawlId: string;
  readonly mode: CrawlMode;
  /** The claim under which the pages were taken; a page claimed anew since then is left alone. */
  readonly token: string;
}

const STATE = {
  fetched: 'done',
  unchanged: 'done',
  gone: 'done',
  skipped: 'skipped',
  failed: 'failed',
  retry: 'pending',
} as const satisfies Record<PageVisit['outcome'], string>;

/** Stores visited pages, their products, links and the crawl's counters in one transaction: all of it or nothing. */
export async function recordVisits(
  em: SqlEntityManager,
  scope: VisitScope,
  visits: readonly PageVisit[],
): Promise<CrawlCounts> {
  return await em.transactional(async (tx) => {
    const owned = await closePages(tx, scope.token, visits);
    const counted = visits.filter(({ pageId }) => owned.has(pageId));
    await addLinks(tx, scope, counted);
    const { created, changed } = await upsertProducts(
      tx,
      scope.sourceId,
      counted.flatMap(({ products }) => products),
    );
    const byOutcome = (...outcomes: readonly PageVisit['outcome'][]) =>
      counted.filter(({ outcome }) => outcomes.includes(outcome));
    await voteGone(
      tx,
      scope.sourceId,
      byOutcome('gone').map(({ url }) => url),
    );
    await confirmProducts(
      tx,
      scope.sourceId,
      byOutcome('unchanged').map(({ url }) => url),
    );
    const counts = {
      fetched: byOutcome('fetched', 'gone').length,
      unchanged: byOutcome('unchanged').length,
      failed: byOutcome('failed').length,
      products: counted.reduce((sum, { products }) => sum + products.length, 0),
      created,
      changed,
    };
    await addCrawlCounts(tx, scope.crawlId, counts);
    return counts;
  });
}

async function closePages(em: SqlEntityManager, token: string, visits: readonly PageVisit[]): Promise<Set<number>> {
  const closing = visits.map(({ pageId, outcome, reason, etag, lastModified, bodyHash }) => ({
    id: pageId,
    state: STATE[outcome],
    fetched: outcome === 'fetched',
    reason,
    etag,
    last_modified: lastModified,
    body_hash: bodyHash,
  }));
  const rows = await em.execute<{ id: number }[]>(
    `update frontier_page page set state = visit.state, reason = visit.reason, claim = null,
       fetched_at = case when visit.state = 'done' then now() else fetched_at end,
       etag = case when visit.fetched then visit.etag else page.etag end,
       last_modified = case when visit.fetched then visit.last_modified else page.last_modified end,
       body_hash = case when visit.fetched then visit.body_hash else page.body_hash end
     from jsonb_to_recordset(?::jsonb) as visit
       (id bigint, state text, fetched boolean, reason text, etag text, last_modified text, body_hash text)
     where page.id = visit.id and page.claim = ? returning page.id::float8 as id`,
    [JSON.stringify(closing), token],
  );
  return new Set(rows.map(({ id }) => id));
}

/** A catalogue page that leads to nothing new this many times in a row is a trap or the end: its links are not followed. */
const MAX_BARREN = 5;

async function addLinks(em: SqlEntityManager, scope: VisitScope, visits: readonly PageVisit[]): Promise<void> {
  const isProduct = ({ kind }: NewPage) => kind === 'product';
  const added = new Set(
    await addPages(
      em,
      scope,
      visits.flatMap(({ links }) => links.filter(isProduct)),
    ),
  );
  const onward = visits.flatMap(({ links, barren }) => {
    const fruitful = links.some(({ url }) => added.has(url));
    const next = fruitful ? 0 : barren + 1;
    return next > MAX_BARREN ? [] : links.filter((link) => !isProduct(link)).map((link) => ({ ...link, barren: next }));
  });
  await addPages(em, scope, onward);
}
