import type { TryPageInput, TryPageResult } from '../../contracts/catalog.ts';
import { classifyPage } from './extract/classify-page.ts';
import { extractLinks } from './extract/extract-links.ts';
import { extractProduct } from './extract/extract-product.ts';
import { OpenPage } from './extract/open-page.ts';
import { blockReason } from './block-reason.ts';
import { FetchFailedError, FetchRefusedError } from './fetch/errors.ts';
import type { Fetcher } from './fetch/fetch-options.ts';
import { adapterOf } from './adapters/registry.ts';
import { SHOWN_LINKS, tryFeed } from './try-feed.ts';

/** Reads one page as a crawl would, and shows what it yields; a refusal or failure is the result's `reason`. */
export async function tryOnePage(fetcher: Fetcher, input: TryPageInput, signal: AbortSignal): Promise<TryPageResult> {
  try {
    return await look(fetcher, input, signal);
  } catch (err) {
    if (!(err instanceof FetchRefusedError || err instanceof FetchFailedError)) throw err;
    const links = { products: [], listings: [] };
    return { url: input.url, status: 0, kind: 'other', reason: `${err.code}: ${err.message}`, product: null, links };
  }
}

async function look(fetcher: Fetcher, { url, config }: TryPageInput, signal: AbortSignal): Promise<TryPageResult> {
  const page = await fetcher.fetchPage(url, { signal });
  const block = blockReason(page);
  const refusal = block ?? (page.status >= 400 ? `status ${page.status}` : null);
  if (config.kind === 'api' || adapterOf(config) !== null) return await tryFeed(page, { url, config }, refusal);
  const open = new OpenPage(page.text());
  const product = extractProduct({ html: open.html, page: open, url: page.url, config });
  const found = extractLinks({ html: open.html, page: open, url: page.url, rules: config.links });
  const links = { products: found.products.slice(0, SHOWN_LINKS), listings: found.listings.slice(0, SHOWN_LINKS) };
  const productLinks = found.products.length;
  const { kind, reasons } = classifyPage({ product, productLinks, requestedUrl: url, finalUrl: page.url });
  const reason = refusal ?? reasons.join('; ');
  return { url: page.url, status: page.status, kind: kind === 'soft-404' ? 'other' : kind, reason, product, links };
}
