import { createGunzip } from 'node:zlib';
import { FetchFailedError, FetchRefusedError } from './errors.ts';
import type { Fetcher } from './fetch-options.ts';
import { listReader, xmlReader, type SitemapEntry, type SitemapReader } from './sitemap-readers.ts';

export interface SitemapLimits {
  /** Bytes after inflating, and entries: the protocol's own caps. */
  readonly maxBytes: number;
  readonly maxEntries: number;
}

export const DEFAULT_SITEMAP_LIMITS: SitemapLimits = { maxBytes: 52_428_800, maxEntries: 50_000 };
/** An index may list indexes; deeper ones are traps. */
export const MAX_SITEMAP_DEPTH = 2;
const CHUNK_BYTES = 65_536;
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

function inflated(bytes: Buffer): AsyncIterable<unknown> {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  return gunzip;
}

/** The sitemap's bytes in pieces, inflated where they are gzip. */
async function* plainChunks(body: Buffer, maxBytes: number): AsyncGenerator<Uint8Array> {
  const source = isGzip(body) ? inflated(body) : slices(body);
  let size = 0;
  try {
    for await (const chunk of source) {
      if (!(chunk instanceof Uint8Array)) continue;
      size += chunk.length;
      if (size > maxBytes) throw new FetchRefusedError('body-inflates-too-much', `a sitemap of over ${maxBytes} bytes`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FetchRefusedError) throw error;
    throw new FetchFailedError('body-broken', 'the sitemap does not inflate', { cause: error });
  }
}

/**
 * Streams the entries of a sitemap or sitemap index (XML, gzip or not, or a list of URLs); stops after `maxEntries`.
 * @throws FetchRefusedError past `maxBytes`, FetchFailedError for broken gzip
 */
export async function* readSitemap(
  body: Buffer,
  limits: SitemapLimits = DEFAULT_SITEMAP_LIMITS,
): AsyncGenerator<SitemapEntry> {
  const decoder = new TextDecoder();
  let ready: SitemapEntry[] = [];
  const found = (entry: SitemapEntry) => ready.push(entry);
  let reader: SitemapReader | undefined;
  let left = limits.maxEntries;
  for await (const chunk of plainChunks(body, limits.maxBytes)) {
    const data = decoder.decode(chunk, { stream: true });
    reader ??= data.trimStart().startsWith('<') ? xmlReader(found) : listReader(found);
    reader.write(data);
    yield* ready.slice(0, left);
    left -= ready.length;
    ready = [];
    if (left <= 0) return;
  }
  reader?.end();
  yield* ready.slice(0, left);
}

/** What a walk over sitemaps needs; `onProblem` hears of sitemaps that could not be read, the walk goes on. */
export interface SitemapWalk {
  readonly fetcher: Fetcher;
  readonly signal?: AbortSignal | undefined;
  readonly onProblem: (url: string, problem: string) => void;
}

/** Streams the pages of a sitemap and of those that it lists, down to `MAX_SITEMAP_DEPTH`, each sitemap once. */
export async function* walkSitemap(start: string, walk: SitemapWalk): AsyncGenerator<SitemapEntry> {
  const queue = [{ url: start, depth: 0 }];
  const seen = new Set([start]);
  for (const { url, depth } of queue) {
    const body = await sitemapBody(url, walk);
    if (body === null) continue;
    for await (const entry of readSitemap(body)) {
      if (entry.kind === 'page') yield entry;
      else if (depth < MAX_SITEMAP_DEPTH && !seen.has(entry.loc)) {
        seen.add(entry.loc);
        queue.push({ url: entry.loc, depth: depth + 1 });
      }
    }
  }
}

async function sitemapBody(url: string, { fetcher, signal, onProblem }: SitemapWalk): Promise<Buffer | null> {
  try {
    const page = await fetcher.fetchPage(url, { expect: 'sitemap', signal });
    if (page.status === 200) return page.body;
    onProblem(url, `status ${page.status}`);
  } catch (error) {
    if (!(error instanceof FetchRefusedError || error instanceof FetchFailedError)) throw error;
    onProblem(url, error.code);
  }
  return null;
}
