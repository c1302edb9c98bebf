import {
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
  type ScheduleSpec,
} from '@temporalio/client';
import { crawlScheduleId, type CrawlMode, type SourceInput } from '../contracts/catalog.ts';
import { kindAttribute, sourceAttribute } from '../contracts/search-attributes.ts';
import type { SourceConfig } from '../contracts/source-config.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { startHours } from '../domain/catalog/crawl-window.ts';
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
  readonly mode: (typeof SCHEDULED_MODES)[number];
  readonly hours: number;
}

function scheduleOptions(input: ScheduleInput): ScheduleOptions {
  const { source, mode } = input;
  return {
    scheduleId: crawlScheduleId(source.sourceId, mode),
    spec: { ...times(input), jitter: '5m' },
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

/**
 * Without a window, every so many hours; each source at its own time, and the two modes half an interval apart. In a
 * window, when it opens and again inside of it: an interval with the other hours left out may never fall inside.
 */
function times({ source, mode, hours }: ScheduleInput): ScheduleSpec {
  const { window } = source.config.schedule;
  const spread = spreadOf(source.sourceId);
  const isSecond = mode === 'deep';
  if (window === null) {
    const everyMinutes = hours * 60;
    const offset = Math.floor((spread + (isSecond ? 0.5 : 0)) * everyMinutes) % everyMinutes;
    return { intervals: [{ every: `${everyMinutes}m`, offset: `${offset}m` }] };
  }
  const minute = Math.floor(spread * 25) + (isSecond ? 25 : 0);
  return { calendars: [{ hour: startHours(window, hours), minute }], timezone: window.timeZone };
}

/** 0 ≤ a number < 1 that stays the same for a source. */
const spreadOf = (sourceId: string): number => Number.parseInt(sourceId.replaceAll('-', '').slice(-6), 16) / 0x1000000;

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
