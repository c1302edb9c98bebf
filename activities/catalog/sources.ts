import type { MikroORM } from '@mikro-orm/postgresql';
import { cancellationSignal } from '@temporalio/activity';
import type { ScheduledCrawlInput, SourceInput, TryPageInput, TryPageResult } from '../../contracts/catalog.ts';
import { deleteSource, findSource, putSource } from '../../db/repositories/sources.ts';
import type { CrawlSchedules, ShopReader } from '../ports.ts';

export interface SourceDeps {
  readonly orm: MikroORM;
  readonly schedules: CrawlSchedules;
  readonly shops: ShopReader;
}

/** Activities on sources themselves. */
export function createSourceActivities({ orm, schedules, shops }: SourceDeps) {
  return {
    /** Safe to repeat: the last write of one source wins. */
    async storeSource(source: SourceInput): Promise<void> {
      await putSource(orm.em.fork(), source);
    },

    /** Safe to repeat. */
    async syncSchedules(source: SourceInput): Promise<void> {
      await schedules.sync(source);
    },

    /** Safe to repeat. */
    async removeSchedules({ sourceId }: { readonly sourceId: string }): Promise<void> {
      await schedules.remove(sourceId);
    },

    /** Deletes the source with all that was found in it; safe to repeat. */
    async eraseSource({ sourceId }: { readonly sourceId: string }): Promise<void> {
      await deleteSource(orm.em.fork(), sourceId);
    },

    /** Whether a scheduled crawl should run now: the source is there, active and not backing off. */
    async isDue({ sourceId }: ScheduledCrawlInput): Promise<boolean> {
      const source = await findSource(orm.em.fork(), sourceId);
      return source?.state === 'active' && (source.retryAt?.getTime() ?? 0) <= Date.now();
    },

    /** Read only. */
    async readPage(input: TryPageInput): Promise<TryPageResult> {
      return await shops.tryPage(input, cancellationSignal());
    },
  };
}
export type SourceActivities = ReturnType<typeof createSourceActivities>;
