import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ReplayInput, ReplayProgress, ReplayState } from '../../contracts/replays.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { keepReadings } from './keep-readings.ts';
import { lockUnchanged, type KeptPage } from './raw-pages.ts';

/** A replay with its counters; times are ISO 8601, UTC. */
export interface ReplayRow extends ReplayProgress {
  readonly sourceId: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const ROW = `id as "replayId", source_id as "sourceId", state, pages, products, created, changed, held, error,
  ${iso('started_at')} as "startedAt", ${iso('finished_at')} as "finishedAt"`;

/** Records that the replay has begun; safe to repeat. */
export async function insertReplay(em: SqlEntityManager, { replayId, sourceId }: ReplayInput): Promise<void> {
  await em.execute(`insert into replay (id, source_id, state) values (?, ?, 'running') on conflict (id) do nothing`, [
    replayId,
    sourceId,
  ]);
}

/** The replay with this id, or null. */
export async function readReplay(em: SqlEntityManager, replayId: string): Promise<ReplayRow | null> {
  const [row] = await em.execute<ReplayRow[]>(`select ${ROW} from replay where id = ?`, [replayId]);
  return row ?? null;
}

/** The last page that the replay has read, 0 before the first; null when there is no such replay or it has ended. */
export async function replayCursor(em: SqlEntityManager, replayId: string): Promise<number | null> {
  const [row] = await em.execute<{ cursor: number }[]>(
    'select cursor::float8 as cursor from replay where id = ? and finished_at is null',
    [replayId],
  );
  return row?.cursor ?? null;
}

/** A kept page with what today's rules read from it. */
export interface ReadAgain {
  readonly page: Pick<KeptPage, 'pageId' | 'hash'>;
  readonly products: readonly ProductRecord[];
}

/**
 * Stores what was read again and moves the cursor, in one transaction, so that a repetition after a kill finds it done.
 * Pages that a crawl has read anew since then are left to it.
 */
export async function recordReplay(
  em: SqlEntityManager,
  { replayId, sourceId, from }: ReplayInput & { readonly from: number },
  pages: readonly ReadAgain[],
): Promise<void> {
  await em.transactional(async (tx) => {
    const last = pages.at(-1)?.page.pageId ?? from;
    const moved = await tx.execute<object[]>(
      'update replay set cursor = ? where id = ? and cursor = ? and finished_at is null returning id',
      [last, replayId, from],
    );
    if (moved.length === 0) return; // another attempt was here
    const unchanged = await lockUnchanged(
      tx,
      pages.map(({ page }) => page),
    );
    const readings = pages
      .filter(({ page }) => unchanged.has(page.pageId))
      .flatMap(({ page, products }) => products.map((record) => ({ pageId: page.pageId, record })));
    const scope = { sourceId, runId: replayId, origin: 'replay' as const, confirmAfterMs: 0 };
    const { written, held } = await keepReadings(tx, scope, readings);
    const created = written.filter((product) => product.created).length;
    const changed = written.filter((product) => product.changed && !product.created).length;
    await tx.execute(
      `update replay set pages = pages + ?, products = products + ?, created = created + ?, changed = changed + ?,
         held = held + ? where id = ?`,
      [pages.length, readings.length, created, changed, held.length, replayId],
    );
  });
}

/** Ends the replay; safe to repeat, the first end stands. */
export async function finishReplay(
  em: SqlEntityManager,
  { replayId, state, error }: { readonly replayId: string; readonly state: ReplayState; readonly error: string | null },
): Promise<void> {
  await em.execute('update replay set state = ?, error = ?, finished_at = now() where id = ? and finished_at is null', [
    state,
    error,
    replayId,
  ]);
}
