import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { ReplayInput, ReplayProgress, ReplayState } from '../../contracts/replays.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { pageOfRawPages, type KeptPage } from '../../db/repositories/raw-pages.ts';
import { finishReplay, insertReplay, readReplay, recordReplay, replayCursor } from '../../db/repositories/replays.ts';
import { findSource } from '../../db/repositories/sources.ts';
import { toProductRecord } from '../../domain/catalog/product-record.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { ShopReader } from '../ports.ts';
import { unpackBody } from './raw-body.ts';

export interface ReplayDeps {
  readonly orm: MikroORM;
  readonly shops: ShopReader;
}

export interface ReplayTurn {
  readonly progress: ReplayProgress;
  /** All kept pages are read. */
  readonly finished: boolean;
}

const HEARTBEAT_MS = 1_000;
/** One activity works for about so long, so that a stopped worker gives its work back soon. */
const TURN_MS = 20_000;
const PAGES_AT_ONCE = 25;

/** Activities that read kept pages again; all state is in Postgres, and all are safe to repeat. */
export function createReplayActivities({ orm, shops }: ReplayDeps) {
  const fork = () => orm.em.fork();

  async function progressOf(id: string): Promise<ReplayProgress | null> {
    const row = await readReplay(fork(), id);
    if (row === null) return null;
    const { replayId, state, pages, products, created, changed, held, error } = row;
    return { replayId, state, pages, products, created, changed, held, error };
  }

  async function readAgain(page: KeptPage, config: SourceConfig) {
    const { requestUrl: url, kind } = page;
    const visit = await shops.reread(await unpackBody(page), { url, kind, config });
    const found = visit.outcome === 'fetched' ? visit.products : [];
    return { page, products: found.flatMap((product) => toProductRecord(product.page, product.url, config) ?? []) };
  }

  /** False when all is read. */
  async function step(input: ReplayInput, config: SourceConfig): Promise<boolean> {
    cancellationSignal().throwIfAborted();
    const from = await replayCursor(fork(), input.replayId);
    if (from === null) return false;
    const pages = await pageOfRawPages(fork(), { sourceId: input.sourceId, after: from, limit: PAGES_AT_ONCE });
    if (pages.length === 0) return false;
    const read = [];
    for (const page of pages) read.push(await readAgain(page, config));
    await recordReplay(fork(), { ...input, from }, read);
    return true;
  }

  return {
    async openReplay(input: ReplayInput): Promise<void> {
      await insertReplay(fork(), input);
    },

    /** Reads the next kept pages under the source's rules of now, for up to 20 s. @throws DomainError source-not-found */
    async replayPages(input: ReplayInput): Promise<ReplayTurn> {
      const source = await findSource(fork(), input.sourceId);
      if (source === null) throw new DomainError('source-not-found', `there is no source ${input.sourceId}`);
      const until = performance.now() + TURN_MS;
      const beat = setInterval(heartbeat, HEARTBEAT_MS);
      try {
        let more = true;
        while (more && performance.now() < until) more = await step(input, source.config);
        const progress = await progressOf(input.replayId);
        if (progress === null) throw new DomainError('replay-not-found', 'the replay was deleted with its source');
        return { progress, finished: !more };
      } finally {
        clearInterval(beat);
      }
    },

    /** Ends the replay; safe to repeat. Answers null when it was deleted with its source. */
    async closeReplay(end: {
      readonly replayId: string;
      readonly state: ReplayState;
      readonly error: string | null;
    }): Promise<ReplayProgress | null> {
      await finishReplay(fork(), end);
      return await progressOf(end.replayId);
    },
  };
}
export type ReplayActivities = ReturnType<typeof createReplayActivities>;
