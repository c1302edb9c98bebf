import type { MikroORM } from '@mikro-orm/postgresql';
import { cancellationSignal } from '@temporalio/activity';
import type {
  CrawlMode,
  ScheduledCrawlInput,
  SourceInput,
  TryPageInput,
  TryPageResult,
} from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { msSinceStart } from '../../db/repositories/crawls-read.ts';
import { deleteSource, findSource, putSource } from '../../db/repositories/sources.ts';
import type { CrawlSchedules, ShopReader } from '../ports.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

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

    /** Whether a scheduled crawl should run now: the source is there, active, not backing off, and its time has come. */
    async isDue({ sourceId, mode }: ScheduledCrawlInput): Promise<boolean> {
      const source = await findSource(orm.em.fork(), sourceId);
      if (source?.state !== 'active' || (source.retryAt?.getTime() ?? 0) > Date.now()) return false;
      const hours = daysApart(source.config, mode);
      if (hours === null) return true;
      const sinceMs = await msSinceStart(orm.em.fork(), { sourceId, mode });
      return sinceMs === null || sinceMs > (hours - DAY_HOURS / 2) * HOUR_MS;
    },

    /** Read only. */
    async readPage(input: TryPageInput): Promise<TryPageResult> {
      return await shops.tryPage(input, cancellationSignal());
    },
  };
}
export type SourceActivities = ReturnType<typeof createSourceActivities>;

/** A window's schedule looks every day; where a crawl is wanted less often, the last one says whether this is the day. */
function daysApart({ schedule }: SourceConfig, mode: CrawlMode): number | null {
  const hours = (mode === 'deep' ? schedule.deepEveryHours : schedule.discoveryEveryHours) ?? 0;
  return schedule.window !== null && hours > DAY_HOURS ? hours : null;
}
