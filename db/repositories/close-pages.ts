import type { SqlEntityManager } from '@mikro-orm/sql';
import type { PageState } from '../../contracts/catalog.ts';

/** A page that the batch still holds. */
export interface OwnedPage {
  readonly id: number;
  /** This visit is its second one in the crawl, because the first was doubted. */
  readonly confirming: boolean;
}

/** Locks those of the pages that are still claimed under the token; the others belong to another attempt by now. */
export async function ownPages(
  em: SqlEntityManager,
  token: string,
  pageIds: readonly number[],
): Promise<ReadonlyMap<number, OwnedPage>> {
  const rows = await em.execute<OwnedPage[]>(
    `select id::float8 as id, confirming from frontier_page
     where id in (select jsonb_array_elements_text(?::jsonb)::bigint) and claim = ? order by id for update`,
    [JSON.stringify(pageIds), token],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** How a page stands after a visit. */
export interface ClosedPage {
  readonly id: number;
  readonly state: PageState;
  readonly reason: string | null;
  /** It answered with a body; else its validators stay. */
  readonly fetched: boolean;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  readonly saysGone: boolean;
  /** null = as before. */
  readonly refreshHours: number | null;
  /** Its product was read, for good or not: due at once (0) or in so many hours; null = as before. */
  readonly dueInHours: number | null;
  /** It is asked a second time, not before so many ms; null = it is not. */
  readonly confirmInMs: number | null;
}

/** Closes pages that `ownPages` has locked. */
export async function closePages(em: SqlEntityManager, pages: readonly ClosedPage[]): Promise<void> {
  if (pages.length === 0) return;
  await em.execute(
    `update frontier_page page set state = visit.state, reason = visit.reason, claim = null,
       fetched_at = case when visit.state = 'done' or visit."confirmInMs" is not null then now() else fetched_at end,
       etag = case when visit.fetched then visit.etag else page.etag end,
       last_modified = case when visit.fetched then visit."lastModified" else page.last_modified end,
       body_hash = case when visit.fetched then visit."bodyHash" else page.body_hash end,
       says_gone = visit."saysGone",
       refresh_hours = coalesce(visit."refreshHours", page.refresh_hours),
       due_at = coalesce(now() + visit."dueInHours" * interval '1 hour', page.due_at),
       attempts = case when visit."confirmInMs" is not null then 0
         when visit.state in ('pending', 'failed') then attempts + 1 else attempts end,
       confirming = page.confirming or visit."confirmInMs" is not null,
       ready_at = now() + visit."confirmInMs" * interval '1 millisecond'
     from jsonb_to_recordset(?::jsonb) as visit
       (id bigint, state text, fetched boolean, reason text, etag text, "lastModified" text, "bodyHash" text,
        "saysGone" boolean, "refreshHours" float8, "dueInHours" float8, "confirmInMs" float8)
     where page.id = visit.id`,
    [JSON.stringify(pages)],
  );
}
