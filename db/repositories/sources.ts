import type { SqlEntityManager } from '@mikro-orm/sql';
import type { SourceInput } from '../../contracts/catalog.ts';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { DomainError } from '../../domain/shared/errors.ts';
import { Source } from '../entities/source.ts';

/** The source with this id, or null. */
export async function findSource(em: SqlEntityManager, sourceId: string): Promise<Source | null> {
  return await em.findOne(Source, sourceId);
}

/**
 * Creates or replaces the source; safe to repeat.
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
         retry_at = null, updated_at = now()`,
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
  { sourceId, error }: { readonly sourceId: string; readonly error: string | null },
): Promise<void> {
  if (error === null) {
    await em.execute('update source set failures = 0, retry_at = null, last_error = null where id = ?', [sourceId]);
    return;
  }
  const hours = JSON.stringify(BACK_OFF_HOURS);
  await em.execute(
    `update source set failures = failures + 1, last_error = ?,
       retry_at = now() + (?::jsonb ->> failures)::int * interval '1 hour',
       state = case when failures >= ? then 'broken' else state end
     where id = ?`,
    [error, hours, BACK_OFF_HOURS.length, sourceId],
  );
}
