import type { SqlEntityManager } from '@mikro-orm/sql';

/** A catalogue outside of the source that found it. */
export interface FoundHub {
  /** Canonical. */
  readonly url: string;
  /** The page that links to it. */
  readonly foundOn: string;
}

/** Hubs of one source that wait to be proposed; more are not kept. */
const MAX_WAITING = 500;

/** Keeps what is new of the hubs that a source found; safe to repeat. A hub belongs to the source that found it first. */
export async function keepHubs(em: SqlEntityManager, sourceId: string, hubs: readonly FoundHub[]): Promise<void> {
  if (hubs.length === 0) return;
  await em.execute(
    `insert into source_hub (url, found_by_id, found_on)
     select hub.url, ?::uuid, hub."foundOn" from jsonb_to_recordset(?::jsonb) as hub (url text, "foundOn" text)
     where exists (select 1 from source where id = ?)
       and (select count(*) from source_hub where found_by_id = ? and proposed_at is null) < ?
     on conflict (url) do nothing`,
    [sourceId, JSON.stringify(hubs), sourceId, sourceId, MAX_WAITING],
  );
}

/** Hubs of the source that wait to be proposed. */
export async function countWaitingHubs(em: SqlEntityManager, sourceId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    'select count(*)::int as count from source_hub where found_by_id = ? and proposed_at is null',
    [sourceId],
  );
  return row?.count ?? 0;
}

/** What becomes of a hub: the source that it is proposed as. */
export interface Proposal {
  readonly sourceId: string;
  readonly name: string;
  /** Serialized configuration. */
  readonly config: string;
}

export interface ProposeInput {
  readonly sourceId: string;
  /** Proposals of the source in 24 hours at most. */
  readonly perDay: number;
  readonly toProposal: (hubUrl: string) => Proposal;
}

/**
 * Turns the source's oldest waiting hubs into proposed sources, as far as the quota of the last 24 hours goes. A hub at
 * which some source begins already counts as proposed and becomes none.
 * @returns ids of the new sources
 */
export async function proposeWaiting(
  em: SqlEntityManager,
  { sourceId, perDay, toProposal }: ProposeInput,
): Promise<string[]> {
  return await em.transactional(async (tx) => {
    await tx.execute('select 1 from source where id = ? for update', [sourceId]);
    const proposed: string[] = [];
    const quota = perDay - (await proposedToday(tx, sourceId));
    const waiting = await tx.execute<{ url: string; taken: boolean }[]>(
      `select url, exists (select 1 from source where config -> 'startUrls' @> to_jsonb(source_hub.url)) as taken
       from source_hub where found_by_id = ? and proposed_at is null order by found_at, url`,
      [sourceId],
    );
    const free = waiting.filter(({ taken }) => !taken).slice(0, Math.max(0, quota));
    for (const { url } of free) {
      const id = await insertProposal(tx, url, toProposal(url));
      if (id !== null) proposed.push(id);
    }
    const taken = waiting.filter((hub) => hub.taken).map(({ url }) => url);
    await tx.execute(
      `update source_hub set proposed_at = 'epoch' where url in (select jsonb_array_elements_text(?::jsonb))`,
      [JSON.stringify(taken)],
    );
    return proposed;
  });
}

async function proposedToday(em: SqlEntityManager, sourceId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from source_hub where found_by_id = ? and proposed_at > now() - interval '24 hours'`,
    [sourceId],
  );
  return row?.count ?? 0;
}

/** null when there is a source of this name already: an operator knows that shop. */
async function insertProposal(em: SqlEntityManager, url: string, proposal: Proposal): Promise<string | null> {
  const rows = await em.execute<{ id: string }[]>(
    `insert into source (id, name, config, state) values (?, ?, ?::jsonb, 'proposed')
     on conflict (name) do nothing returning id`,
    [proposal.sourceId, proposal.name, proposal.config],
  );
  const id = rows[0]?.id ?? null;
  await em.execute('update source_hub set proposed_at = now(), proposed_as = ? where url = ?', [id, url]);
  return id;
}
