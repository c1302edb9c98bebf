import type { SourceConfig } from '../../contracts/source-config.ts';
import type { ClaimedPage, NewPage } from '../../db/repositories/frontier.ts';
import type { PageVisit } from '../../db/repositories/visits.ts';
import { toProductRecord, type ProductRecord } from '../../domain/catalog/product-record.ts';
import type { FoundLink, Visit } from '../ports.ts';

/** Tries of one page in one crawl. */
const MAX_ATTEMPTS = 3;

/** What to store of a visit, all but the body; a failure is tried again while attempts are left. */
export function toPageVisit(
  page: ClaimedPage,
  visit: Exclude<Visit, { outcome: 'wait' }>,
  config: SourceConfig,
): PageVisit {
  const nothing = {
    pageId: page.id,
    kind: page.kind,
    url: page.url,
    barren: page.barren,
    refreshHours: page.refreshHours,
    reason: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    products: [],
    links: [],
    softGone: false,
    raw: null,
  };
  switch (visit.outcome) {
    case 'unchanged':
      return { ...nothing, outcome: 'unchanged' };
    case 'gone':
      return { ...nothing, outcome: 'gone', reason: visit.reason, softGone: visit.soft };
    case 'skipped':
      return { ...nothing, outcome: 'skipped', reason: visit.reason };
    case 'failed':
      return { ...nothing, outcome: page.attempts + 1 < MAX_ATTEMPTS ? 'retry' : 'failed', reason: visit.reason };
    case 'fetched': {
      const products = visit.products.flatMap(({ url, page: read }) => toProductRecord(read, url, config) ?? []);
      return {
        ...nothing,
        outcome: 'fetched',
        reason: visit.reason ?? partialReason(products),
        etag: visit.etag,
        lastModified: visit.lastModified,
        bodyHash: visit.bodyHash,
        products,
        links: visit.links.flatMap((link) => toNewPage(link, page, config) ?? []),
      };
    }
  }
}

function partialReason(products: readonly ProductRecord[]): string | null {
  const missing = new Set(products.flatMap((product) => product.missing));
  return missing.size === 0 ? null : `partial: no ${[...missing].join(', ')}`;
}

function toNewPage({ url, kind, continues }: FoundLink, from: ClaimedPage, { limits }: SourceConfig): NewPage | null {
  const depth = continues ? from.depth : from.depth + 1;
  return depth > limits.maxDepth ? null : { url, kind, depth, barren: 0 };
}
