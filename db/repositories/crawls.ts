import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrawlCounts, CrawlInput, CrawlProgress, CrawlState } from '../../contracts/catalog.ts';
import type { QualitySample } from '../../domain/catalog/quality.ts';
import { addEvents } from './events.ts';
import { voteGone } from './products.ts';
import { judgeQuality } from './quality.ts';
import { settleSource } from './sources.ts';

const NO_SAMPLE: QualitySample = {
  pages: 0,
  counts: { title: 0, price: 0, image: 0, availability: 0, plausible: 0 },
};
const COUNTS = 'fetched, unchanged, failed, products, created, changed';

/** Records that the crawl has begun; safe to repeat. */
export async function insertCrawl(em: SqlEntityManager, { crawlId, sourceId, mode }: CrawlInput): Promise<void> {
  await em.execute(
    `insert into crawl (id, source_id, mode, state) values (?, ?, ?, 'running') on conflict (id) do nothing`,
    [crawlId, sourceId, mode],
  );
}

/** Sets the state of a crawl that goes on. */
export async function setCrawlState(em: SqlEntityManager, crawlId: string, state: CrawlState): Promise<void> {
  await em.execute('update crawl set state = ? where id = ? and finished_at is null', [state, crawlId]);
}

/** Adds what one batch write found; called in that write's transaction. */
export async function addCrawlCounts(
  em: SqlEntityManager,
  crawlId: string,
  { quality = NO_SAMPLE, ...counts }: CrawlCounts & { readonly quality?: QualitySample },
): Promise<void> {
  const { pages, counts: having } = quality;
  await em.execute(
    `update crawl set fetched = fetched + ?, unchanged = unchanged + ?, failed = failed + ?,
       products = products + ?, created = created + ?, changed = changed + ?, quality_pages = quality_pages + ?,
       with_title = with_title + ?, with_price = with_price + ?, with_image = with_image + ?,
       with_availability = with_availability + ?, plausible = plausible + ? where id = ?`,
    [
      ...[counts.fetched, counts.unchanged, counts.failed, counts.products, counts.created, counts.changed],
      ...[pages, having.title, having.price, having.image, having.availability, having.plausible, crawlId],
    ],
  );
}

export interface CrawlEnd {
  readonly crawlId: string;
  readonly sourceId: string;
  readonly state: CrawlState;
  readonly error: string | null;
}

/**
 * Closes the crawl and keeps what came of it in the source; pages still waiting fall back to `known`. Pages that said
 * they are gone have their vote now, when it is known whether the shop as a whole looks as it used to.
 * Safe to repeat; the first end stands.
 */
export async function finishCrawl(
  em: SqlEntityManager,
  { crawlId, sourceId, state, error }: CrawlEnd,
): Promise<CrawlCounts> {
  return await em.transactional(async (tx) => {
    await tx.execute(
      `update frontier_page set state = 'known', claim = null where crawl_id = ? and state in ('pending', 'fetching')`,
      [crawlId],
    );
    const closed = await tx.execute<{ id: string }[]>(
      `update crawl set state = ?, error = ?, finished_at = now() where id = ? and finished_at is null returning id`,
      [state, error, crawlId],
    );
    if (closed.length > 0) {
      const changed = state === 'completed' && (await judgeQuality(tx, { sourceId, crawlId }));
      if (!changed) await countGone(tx, { sourceId, crawlId });
      if (state !== 'cancelled') await settleSource(tx, { sourceId, crawlId, error });
    }
    const [counts] = await tx.execute<CrawlCounts[]>(`select ${COUNTS} from crawl where id = ?`, [crawlId]);
    return counts ?? { fetched: 0, unchanged: 0, failed: 0, products: 0, created: 0, changed: 0 };
  });
}

async function countGone(
  em: SqlEntityManager,
  { sourceId, crawlId }: { readonly sourceId: string; readonly crawlId: string },
): Promise<void> {
  const pages = await em.execute<{ url: string }[]>(
    `select url from frontier_page where crawl_id = ? and says_gone and state = 'done'`,
    [crawlId],
  );
  const gone = await voteGone(
    em,
    sourceId,
    pages.map(({ url }) => url),
  );
  await addEvents(
    em,
    gone.map(({ id: productId, url, title }) => ({
      ...{ kind: 'product-gone' as const, sourceId, productId, payload: { url, title, crawlId } },
      dedupeKey: `product-gone:${productId}:${crawlId}`,
    })),
  );
}

/** Counters of a crawl and the pages it still has to fetch; null when there is no such crawl. */
export async function crawlProgress(em: SqlEntityManager, crawlId: string): Promise<CrawlProgress | null> {
  const [row] = await em.execute<CrawlProgress[]>(
    `select id as "crawlId", state, ${COUNTS}, (select count(*)::int from frontier_page
       where crawl_id = crawl.id and state in ('pending', 'fetching')) as pending from crawl where id = ?`,
    [crawlId],
  );
  return row ?? null;
}
