import type { TryPageInput, TryPageResult } from '../../contracts/catalog.ts';
import type { FetchedPage } from './fetch/fetch-options.ts';
import { readAnswer } from './read-answer.ts';

export const SHOWN_LINKS = 50;

/** What an answer with many products yields: the first one is shown, and the addresses of the others. */
export async function tryFeed(
  page: FetchedPage,
  request: TryPageInput,
  refusal: string | null,
): Promise<TryPageResult> {
  const { url, status } = page;
  const nothing = { url, status, kind: 'other' as const, product: null, links: { products: [], listings: [] } };
  if (refusal !== null) return { ...nothing, reason: refusal };
  const visit = await readAnswer(page, { ...request, kind: 'api', bodyHash: '' });
  if (visit.outcome !== 'fetched') return { ...nothing, reason: 'reason' in visit ? visit.reason : null };
  const { products, links, reason } = visit;
  return {
    ...nothing,
    kind: products.length > 0 ? 'listing' : 'other',
    reason: reason ?? `${products.length} products`,
    product: products[0]?.page ?? null,
    links: {
      products: products.slice(0, SHOWN_LINKS).map((product) => product.url),
      listings: links.slice(0, SHOWN_LINKS).map((link) => link.url),
    },
  };
}
