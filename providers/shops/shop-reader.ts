import type { ReceivedBody, ShopReader, Visit, VisitRequest } from '../../activities/ports.ts';
import type { TryPageInput, TryPageResult } from '../../contracts/catalog.ts';
import { blockReason } from './block-reason.ts';
import { decodeText } from './fetch/charset.ts';
import { FetchFailedError, FetchRefusedError } from './fetch/errors.ts';
import type { FetchedPage, Fetcher } from './fetch/fetch-options.ts';
import { hashOf, readAnswer } from './read-answer.ts';
import { seedsOf } from './seeds.ts';
import { tryOnePage } from './try-page.ts';

/** Opens pages through the guarded fetcher and reads them by a source's configuration. */
export function createShopReader(fetcher: Fetcher): ShopReader {
  return {
    seeds: seedsOf,
    visit: (request) => visit(fetcher, request),
    reread: (body, request) => reread(body, request),
    tryPage: (input: TryPageInput, signal: AbortSignal): Promise<TryPageResult> => tryOnePage(fetcher, input, signal),
  };
}

async function visit(fetcher: Fetcher, request: VisitRequest): Promise<Visit> {
  try {
    const { url, etag, lastModified, signal, kind } = request;
    const expect = kind === 'sitemap' ? 'sitemap' : 'page';
    return await judge(await fetcher.fetchPage(url, { etag, lastModified, signal, expect }), request);
  } catch (err) {
    if (err instanceof FetchRefusedError) return { outcome: 'skipped', reason: `${err.code}: ${err.message}` };
    if (err instanceof FetchFailedError) return { outcome: 'failed', reason: `${err.code}: ${err.message}` };
    throw err;
  }
}

async function judge(page: FetchedPage, request: VisitRequest): Promise<Visit> {
  const { status, headers, body } = page;
  if (status === 304) return { outcome: 'unchanged' };
  const block = status >= 400 ? blockReason(page) : null;
  if (block !== null) return { outcome: 'wait', reason: block, retryAfterMs: headers.retryAfterMs };
  if (status === 404 || status === 410) return { outcome: 'gone', reason: `status ${status}`, soft: false };
  if (status >= 500) return { outcome: 'failed', reason: `status ${status}` };
  if (status >= 400 || body === null) return { outcome: 'skipped', reason: `status ${status}` };
  const bodyHash = hashOf(body);
  if (bodyHash === request.bodyHash) return { outcome: 'unchanged' };
  return await readAnswer(page, { ...request, bodyHash });
}

async function reread(
  { url, contentType, bytes }: ReceivedBody,
  request: Pick<VisitRequest, 'url' | 'kind' | 'config'>,
): Promise<Visit> {
  const headers = { etag: null, lastModified: null, contentType, retryAfterMs: null };
  const text = () => decodeText(bytes, contentType).text;
  const page = { url, status: 200, headers, body: bytes, wireBytes: bytes.length, text };
  return await readAnswer(page, { ...request, bodyHash: hashOf(bytes) });
}
