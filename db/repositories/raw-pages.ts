import type { SqlEntityManager } from '@mikro-orm/sql';
import type { PageKind } from '../../contracts/catalog.ts';

/** The answer of a page as it is kept. */
export interface RawBody {
  /** After redirects. */
  readonly url: string;
  readonly contentType: string | null;
  /** Of the inflated body. */
  readonly hash: string;
  /** As received and inflated, then zstd. */
  readonly body: Buffer;
}

/** Keeps the newest answer of each page, inside the transaction of its visit. */
export async function storeRawPages(
  em: SqlEntityManager,
  sourceId: string,
  pages: readonly (RawBody & { readonly pageId: number })[],
): Promise<void> {
  if (pages.length === 0) return;
  await em.execute(
    `insert into raw_page (page_id, source_id, url, content_type, hash, body, size)
     values ${pages.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}
     on conflict (page_id) do update set url = excluded.url, content_type = excluded.content_type,
       hash = excluded.hash, body = excluded.body, size = excluded.size, stored_at = now()`,
    pages.flatMap(({ pageId, url, contentType, hash, body }) => [
      ...[pageId, sourceId, url, contentType, hash, body, body.length],
    ]),
  );
}

export interface RawPageLimits {
  /** A page that was not answered for so long is forgotten. */
  readonly keepDays: number;
  /** Of one source at most; the pages looked at longest ago go first. */
  readonly maxBytes: number;
}

/** Forgets kept pages of the source that are too old or too many; safe to repeat. Returns how many. */
export async function pruneRawPages(
  em: SqlEntityManager,
  sourceId: string,
  { keepDays, maxBytes }: RawPageLimits,
): Promise<number> {
  const rows = await em.execute<object[]>(
    `delete from raw_page using (
       select page_id, page.fetched_at < now() - ? * interval '1 day' as old,
         sum(size) over (order by page.fetched_at desc nulls last, page_id) as bytes
       from raw_page join frontier_page as page on page.id = page_id where raw_page.source_id = ?
     ) as kept where kept.page_id = raw_page.page_id and (kept.old or kept.bytes > ?) returning raw_page.page_id`,
    [keepDays, sourceId, maxBytes],
  );
  return rows.length;
}

/** A kept page with what is needed to read it again. */
export interface KeptPage extends RawBody {
  readonly pageId: number;
  /** Canonical, as it was asked for. */
  readonly requestUrl: string;
  readonly kind: PageKind;
}

/** Kept pages of the source beyond a page id, in the order of ids, at most `limit`. */
export async function pageOfRawPages(
  em: SqlEntityManager,
  { sourceId, after, limit }: { readonly sourceId: string; readonly after: number; readonly limit: number },
): Promise<KeptPage[]> {
  return await em.execute<KeptPage[]>(
    `select page_id::float8 as "pageId", page.url as "requestUrl", page.kind, raw_page.url,
       content_type as "contentType", hash, body
     from raw_page join frontier_page as page on page.id = page_id
     where raw_page.source_id = ? and page_id > ? order by page_id limit ?`,
    [sourceId, after, limit],
  );
}

/** Locks those of the pages whose kept answer is still the one that was read; a newer one was read by a crawl. */
export async function lockUnchanged(
  em: SqlEntityManager,
  pages: readonly Pick<KeptPage, 'pageId' | 'hash'>[],
): Promise<ReadonlySet<number>> {
  const rows = await em.execute<{ id: number }[]>(
    `select page_id::float8 as id from raw_page
     where (page_id, hash) in (select "pageId", hash from jsonb_to_recordset(?::jsonb) as page ("pageId" bigint, hash text))
     order by page_id for update`,
    [JSON.stringify(pages.map(({ pageId, hash }) => ({ pageId, hash })))],
  );
  return new Set(rows.map(({ id }) => id));
}
