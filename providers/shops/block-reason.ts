import { detectBlock } from '../../domain/catalog/blocked-page.ts';
import type { FetchedPage } from './fetch/fetch-options.ts';

/**
 * Why an answer means «fewer requests, please», or null when it is an ordinary one.
 * A bare 403 speaks of that page, not of us; a 503 with Retry-After speaks of the host.
 */
export function blockReason(page: FetchedPage): string | null {
  if (page.status === 503 && page.headers.retryAfterMs !== null) return 'status 503 with Retry-After';
  const block = detectBlock({ status: page.status, text: page.text() });
  if (block === null || (block.kind === 'refused' && block.vendor === null)) return null;
  return [block.kind, ...(block.vendor === null ? [] : [`by ${block.vendor}`]), `(status ${page.status})`].join(' ');
}
