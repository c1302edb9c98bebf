import { ScheduleNotFoundError, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import { crawlScheduleId, type CrawlMode, type SourceInput } from '../contracts/catalog.ts';
import { kindAttribute, sourceAttribute } from '../contracts/search-attributes.ts';
import type { SourceConfig } from '../contracts/source-config.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { scheduledCrawl } from '../workflows/index.ts';

const SCHEDULED_MODES = ['discovery', 'deep'] as const satisfies readonly CrawlMode[];

/** Creates, updates or deletes the source's Temporal Schedules so that they say what its configuration says. */
export async function syncCrawlSchedules(client: Client, source: SourceInput): Promise<void> {
  for (const mode of SCHEDULED_MODES) {
    const hours = everyHours(source.config, mode);
    if (hours === null) await deleteSchedule(client, crawlScheduleId(source.sourceId, mode));
    else await putSchedule(client, scheduleOptions({ source, mode, hours }));
  }
}

/** Deletes the source's schedules; safe to repeat. */
export async function deleteCrawlSchedules(client: Client, sourceId: string): Promise<void> {
  for (const mode of SCHEDULED_MODES) await deleteSchedule(client, crawlScheduleId(sourceId, mode));
}

const everyHours = ({ schedule }: SourceConfig, mode: (typeof SCHEDULED_MODES)[number]): number | null =>
  mode === 'discovery' ? schedule.discoveryEveryHours : schedule.deepEveryHours;

interface ScheduleInput {
  readonly source: SourceInput;
  readonly mode: CrawlMode;
  readonly hours: number;
}

function scheduleOptions({ source, mode, hours }: ScheduleInput): ScheduleOptions {
  const { window } = source.config.schedule;
  return {
    scheduleId: crawlScheduleId(source.sourceId, mode),
    spec: {
      intervals: [{ every: `${hours}h` }],
      // A night window keeps only the runs that start inside it.
      ...(window !== null && { timezone: window.timeZone, skip: hoursOutside(window) }),
      jitter: '5m',
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10m' },
    state: { paused: source.state !== 'active' },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'scheduledCrawl' satisfies typeof scheduledCrawl.name,
      taskQueue: TASK_QUEUES.workflows,
      args: [{ sourceId: source.sourceId, mode }],
      typedSearchAttributes: [
        { key: kindAttribute, value: 'scheduled-crawl' },
        { key: sourceAttribute, value: source.sourceId },
      ],
    },
  };
}

function hoursOutside({ fromHour, toHour }: { readonly fromHour: number; readonly toHour: number }) {
  const inside = (hour: number) =>
    fromHour <= toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => !inside(hour));
  return hours.length === 0 ? [] : [{ hour: hours, minute: '*' as const, second: '*' as const }];
}

async function putSchedule(client: Client, options: ScheduleOptions): Promise<void> {
  const handle = client.schedule.getHandle(options.scheduleId);
  try {
    await handle.update((current) => ({ ...current, ...options, state: { ...current.state, ...options.state } }));
  } catch (err) {
    if (!(err instanceof ScheduleNotFoundError)) throw err;
    await client.schedule.create(options);
  }
}

async function deleteSchedule(client: Client, scheduleId: string): Promise<void> {
  try {
    await client.schedule.getHandle(scheduleId).delete();
  } catch (err) {
    if (!(err instanceof ScheduleNotFoundError)) throw err;
  }
}
