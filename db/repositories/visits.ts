import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrawlCounts, CrawlMode, PageKind } from '../../contracts/catalog.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import type { QualitySample } from '../../domain/catalog/quality.ts';
import { nextRefreshHours } from '../../domain/catalog/refresh.ts';
import { closePages, ownPages, type ClosedPage, type OwnedPage } from './close-pages.ts';
import { addCrawlCounts } from './crawls.ts';
import { addPages, type NewPage } from './frontier.ts';
import { keepReadings, type HeldReading, type KeptReadings } from './keep-readings.ts';
import { confirmProducts, countStored } from './products.ts';
import { storeRawPages, type RawBody } from './raw-pages.ts';
import { closeUnchanged } from './unchanged-pages.ts';

/** What came of one claimed page, ready to be stored. */
export interface PageVisit {
  readonly pageId: number;
  readonly kind: PageKind;
  readonly outcome: 'fetched' | 'unchanged' | 'gone' | 'skipped' | 'failed' | 'retry';
  readonly reason: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  /** Of the page itself; see `NewPage`. */
  readonly barren: number;
  /** Between the last two looks at it, hours; null = it was not looked at before. */
  readonly refreshHours: number | null;
  /** Products read from the page; usually one or none, many for an API page. */
  readonly products: readonly ProductRecord[];
  readonly links: readonly NewPage[];
  /** Canonical URL of the page; the product stored under it is confirmed or voted gone. */
  readonly url: string;
  /** It answered with a page that only says that there is none. */
  readonly softGone: boolean;
  /** null = it is not kept. */
  readonly raw: RawBody | null;
}

export interface VisitScope {
  readonly sourceId: string;
  readonly crawlId: string;
  readonly mode: CrawlMode;
  /** The claim under which the pages were taken; a page claimed anew since then is left alone. */
  readonly token: string;
  /** Least time before a page whose answer is doubted is asked again, ms. */
  readonly confirmAfterMs: number;
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
  if (visits.every(({ outcome }) => outcome === 'unchanged')) return await recordUnchanged(em, scope, visits);
  return await em.transactional(async (tx) => {
    const owned = await ownPages(
      tx,
      scope.token,
      visits.map(({ pageId }) => pageId),
    );
    const counted = visits.filter(({ pageId }) => owned.has(pageId));
    const byOutcome = (...outcomes: readonly PageVisit['outcome'][]) =>
      counted.filter(({ outcome }) => outcomes.includes(outcome));
    await addLinks(tx, scope, counted);
    const kept = await keepReadings(
      tx,
      { ...scope, runId: scope.crawlId, origin: 'crawl' },
      counted.flatMap(({ pageId, products }) => products.map((record) => ({ pageId, record }))),
    );
    const unchanged = byOutcome('unchanged');
    await confirmProducts(
      tx,
      scope.sourceId,
      unchanged.map(({ url }) => url),
    );
    await closePages(tx, toClosed(counted, { owned, kept, confirmAfterMs: scope.confirmAfterMs }));
    await storeRawPages(
      tx,
      scope.sourceId,
      counted.flatMap(({ pageId, raw }) => (raw === null ? [] : [{ pageId, ...raw }])),
    );
    const first = counted.filter(({ pageId }) => owned.get(pageId)?.confirming === false);
    const counts = {
      fetched: byOutcome('fetched', 'gone').length,
      unchanged: unchanged.length,
      failed: byOutcome('failed').length,
      products: first.reduce((sum, { products }) => sum + products.length, 0),
      created: kept.written.filter(({ created }) => created).length,
      changed: kept.written.filter(({ created, changed }) => changed && !created).length,
    };
    await addCrawlCounts(tx, scope.crawlId, {
      ...counts,
      quality: await sampleOf(tx, scope, { first, held: kept.held }),
    });
    return counts;
  });
}

const NOTHING: CrawlCounts = { fetched: 0, unchanged: 0, failed: 0, products: 0, created: 0, changed: 0 };

async function recordUnchanged(
  em: SqlEntityManager,
  scope: VisitScope,
  visits: readonly PageVisit[],
): Promise<CrawlCounts> {
  const pages = visits.map(({ pageId, url, refreshHours }) => {
    return { id: pageId, url, dueInHours: nextRefreshHours(refreshHours, false) };
  });
  return { ...NOTHING, unchanged: await closeUnchanged(em, scope, pages) };
}

interface Outcome {
  readonly owned: ReadonlyMap<number, OwnedPage>;
  readonly kept: KeptReadings;
  readonly confirmAfterMs: number;
}

function toClosed(visits: readonly PageVisit[], { owned, kept, confirmAfterMs }: Outcome): ClosedPage[] {
  const changed = new Set(kept.written.flatMap((product) => (product.changed ? [product.url] : [])));
  const doubts = new Map(kept.held.map(({ pageId, doubt }) => [pageId, doubt]));
  return visits.map(({ pageId, outcome, reason, etag, lastModified, bodyHash, products, refreshHours }) => {
    const { confirming = false } = owned.get(pageId) ?? {};
    const closed = {
      ...{ id: pageId, state: STATE[outcome], fetched: outcome === 'fetched', reason, saysGone: outcome === 'gone' },
      ...{ etag, lastModified, bodyHash, confirmInMs: null },
    };
    const doubt = doubts.get(pageId);
    if (doubt !== undefined) {
      // Without validators, so that the page has to say it again in full.
      const forgotten = { etag: null, lastModified: null, bodyHash: null, refreshHours: null, dueInHours: 0 };
      const again = confirming ? {} : { state: 'pending' as const, confirmInMs: confirmAfterMs };
      return { ...closed, ...forgotten, ...again, reason: `quarantined: ${doubt}` };
    }
    const isLook = outcome === 'unchanged' || products.length > 0;
    const hours = isLook
      ? nextRefreshHours(
          refreshHours,
          products.some(({ url }) => changed.has(url)),
        )
      : null;
    return { ...closed, refreshHours: hours, dueInHours: hours };
  });
}

/** What this group adds to the crawl's quality: product pages read for the first time in it, and what they yielded. */
async function sampleOf(
  em: SqlEntityManager,
  { sourceId }: VisitScope,
  { first, held }: { readonly first: readonly PageVisit[]; readonly held: readonly HeldReading[] },
): Promise<QualitySample> {
  const products = first.flatMap((visit) => visit.products);
  const firstIds = new Set(first.map(({ pageId }) => pageId));
  const empty = first.filter(
    ({ kind, outcome, softGone, products: read }) =>
      kind === 'product' && read.length === 0 && (outcome === 'fetched' || softGone),
  );
  // Of the pages that yield nothing, only those count that have yielded a product before.
  const lost = await countStored(
    em,
    sourceId,
    empty.map(({ url }) => url),
  );
  const having = (field: 'price' | 'images' | 'availability') =>
    products.filter(({ missing }) => !missing.includes(field)).length;
  return {
    pages: products.length + lost,
    counts: {
      title: products.length,
      ...{ price: having('price'), image: having('images'), availability: having('availability') },
      plausible:
        products.length + lost - held.filter(({ pageId, isStored }) => isStored && firstIds.has(pageId)).length,
    },
  };
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
  const onward = visits.flatMap(({ kind, links, products, barren }) => {
    // An API's page holds its products itself and leads to none.
    const fruitful = (kind === 'api' && products.length > 0) || links.some(({ url }) => added.has(url));
    const next = fruitful ? 0 : barren + 1;
    return next > MAX_BARREN ? [] : links.filter((link) => !isProduct(link)).map((link) => ({ ...link, barren: next }));
  });
  await addPages(em, scope, onward);
}
