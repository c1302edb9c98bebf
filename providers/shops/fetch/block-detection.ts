import type { FetchedPage } from './fetch-options.ts';

/** Why an answer means «fewer requests, please», or null when it is an ordinary one. */
export function detectBlock({ status, headers }: Pick<FetchedPage, 'status' | 'headers'>): string | null {
  const asked = status === 429 || (status === 503 && headers.retryAfterMs !== null);
  return asked ? `status ${status}` : null;
}
