import type { SqlEntityManager } from '@mikro-orm/sql';
import type { SourceInput } from '../../contracts/catalog.ts';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { DomainError } from '../../domain/shared/errors.ts';
import { addEvents } from './events.ts';
import { Source } from '../entities/source.ts';

/** The source with this id, or null. */
export async function findSource(em: SqlEntityManager, sourceId: string): Promise<Source | null> {
  return await em.findOne(Source, sourceId);
}

/**
 * Creates or replaces the source; safe to repeat.
 * Whoever saves it has looked at it: a suspicion that its pages changed is over.
 * A changed configuration forgets the validators of its pages, so that the new rules see every page again.
 * @throws DomainError source-name-taken
 */
export async function putSource(em: SqlEntityManager, source: SourceInput): Promise<void> {
  try {
    await upsertSource(em, source);
  } catch (err) {
    if (!(err instanceof UniqueConstraintViolationException)) throw err;
    throw new DomainError('source-name-taken', `there is another source named «${source.name}»`, { cause: err });
  }
}

async function upsertSource(em: SqlEntityManager, { sourceId, name, config, state }: SourceInput): Promise<void> {
  const json = JSON.stringify(config);
  await em.transactional(async (tx) => {
    const changed = await tx.execute<{ id: string }[]>(
      'select id from source where id = ? and config is distinct from ?::jsonb for update',
      [sourceId, json],
    );
    await tx.execute(
      `insert into source (id, name, config, state) values (?, ?, ?::jsonb, ?)
       on conflict (id) do update set name = excluded.name, config = excluded.config, state = excluded.state,
         failures = case when excluded.state = 'active' and source.state <> 'active' then 0 else source.failures end,
         retry_at = null, layout_suspect_since = null,
         rendering = case when source.config is distinct from excluded.config then null else source.rendering end,
         updated_at = now()`,
      [sourceId, name, json, state],
    );
    if (changed.length > 0) {
      await tx.execute(
        'update frontier_page set etag = null, last_modified = null, body_hash = null where source_id = ?',
        [sourceId],
      );
    }
  });
}

/** Deletes the source with its pages, crawls and products; safe to repeat. */
export async function deleteSource(em: SqlEntityManager, sourceId: string): Promise<void> {
  await em.nativeDelete(Source, sourceId);
}

/** Waits after the first, second and third failure in a row, hours; the fourth breaks the source. */
const BACK_OFF_HOURS = [1, 4, 24] as const;

/** Keeps what came of a crawl: a success clears the failures, a failure sets the next try or breaks the source. */
export async function settleSource(
  em: SqlEntityManager,
  { sourceId, crawlId, error }: { readonly sourceId: string; readonly crawlId: string; readonly error: string | null },
): Promise<void> {
  if (error === null) {
    await em.execute(
      `update source set failures = 0, retry_at = null, last_error = null,
         state = case when state = 'broken' then 'active' else state end where id = ?`,
      [sourceId],
    );
    return;
  }
  const hours = JSON.stringify(BACK_OFF_HOURS);
  const [broken] = await em.execute<{ name: string; failures: number; broke: boolean }[]>(
    `with before as (select id, state from source where id = ? for update)
     update source set failures = failures + 1, last_error = ?,
       retry_at = now() + (?::jsonb ->> failures)::int * interval '1 hour',
       state = case when failures >= ? then 'broken' else source.state end
     from before where source.id = before.id
     returning name, failures, source.state = 'broken' and before.state <> 'broken' as broke`,
    [sourceId, error, hours, BACK_OFF_HOURS.length],
  );
  if (broken?.broke !== true) return;
  const { name, failures } = broken;
  await addEvents(em, [
    {
      ...{ kind: 'source-broken', sourceId, productId: null, payload: { name, error, failures, crawlId } },
      dedupeKey: `source-broken:${crawlId}`,
    },
  ]);
}
