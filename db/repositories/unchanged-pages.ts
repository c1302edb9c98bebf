import type { SqlEntityManager } from '@mikro-orm/sql';

/** A page that answered as before. */
export interface UnchangedPage {
  readonly id: number;
  /** Canonical; the product stored under it is alive. */
  readonly url: string;
  /** Until it is looked at again, hours. */
  readonly dueInHours: number;
}

interface UnchangedScope {
  readonly sourceId: string;
  readonly crawlId: string;
  /** Pages that are claimed under another one by now are left alone. */
  readonly token: string;
}

/**
 * Closes pages, confirms their products and counts them, in one statement: most pages of a crawl that is repeated are
 * such ones, and a transaction of six statements would cost more than fetching them. Returns how many it closed.
 */
export async function closeUnchanged(
  em: SqlEntityManager,
  { sourceId, crawlId, token }: UnchangedScope,
  pages: readonly UnchangedPage[],
): Promise<number> {
  const [row] = await em.execute<{ closed: number }[]>(
    `with visit as (select * from jsonb_to_recordset(?::jsonb) as visit (id bigint, url text, "dueInHours" float8)),
     owned as (select id from frontier_page where id in (select id from visit) and claim = ? order by id for update),
     closed as (
       update frontier_page as page set state = 'done', reason = null, claim = null, fetched_at = now(),
         says_gone = false, ready_at = null, refresh_hours = visit."dueInHours",
         due_at = now() + visit."dueInHours" * interval '1 hour'
       from visit join owned using (id) where page.id = visit.id returning visit.url
     ), confirmed as (
       update product set last_seen_at = now(), gone_votes = 0, gone_at = null
       where source_id = ? and url in (select url from closed)
     )
     update crawl set unchanged = unchanged + (select count(*) from closed) where id = ?
     returning (select count(*)::int from closed) as closed`,
    [JSON.stringify(pages), token, sourceId, crawlId],
  );
  return row?.closed ?? 0;
}
