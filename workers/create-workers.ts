import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { TASK_QUEUES, type TaskQueue } from '../contracts/task-queues.ts';
import { failureInterceptor } from './failure-interceptor.ts';
import { workflowBundle } from './workflow-bundle.ts';

export interface WorkersInput {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  readonly queues: readonly TaskQueue[];
  readonly activities: object;
  /** Queue of this process's account host; absent = it has none. */
  readonly hostQueue?: string;
}

/** The limit of each queue's resource, in one process. */
export const LIMITS = {
  // 130 kB each, and what is not cached is replayed. Each has a local activity of its own to wait for: see decision 0047.
  workflows: {
    maxCachedWorkflows: 2_000,
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentLocalActivityExecutions: 200,
    enableNonLocalActivities: false,
  },
  scrape: { maxConcurrentActivityTaskExecutions: 20 },
  render: { maxConcurrentActivityTaskExecutions: 1 },
  embed: { maxConcurrentActivityTaskExecutions: 2 },
  llm: { maxConcurrentActivityTaskExecutions: 4 },
  'telegram-bot': { maxConcurrentActivityTaskExecutions: 50 },
  // One sender and one reader of updates.
  max: { maxConcurrentActivityTaskExecutions: 4 },
  dialog: { maxConcurrentActivityTaskExecutions: 20 },
  'telegram-account': { maxConcurrentActivityTaskExecutions: 20 },
  // Short statements; many wait for the wake of a sender that they share.
  storage: { maxConcurrentActivityTaskExecutions: 60 },
} as const satisfies Record<TaskQueue, Partial<WorkerOptions>>;

/** Of an account host: accounts buy side by side, and somebody has to poll meanwhile. */
const HOST_LIMITS: Partial<WorkerOptions> = {
  maxConcurrentActivityTaskExecutions: 200,
  // Polling never drains by itself. What is stopped between two steps goes on elsewhere, and the leases are given back.
  shutdownGraceTime: '500ms',
};

interface QueueWithLimits {
  readonly taskQueue: string;
  readonly limits: Partial<WorkerOptions>;
}

/** One worker per queue; only the `workflows` queue carries workflow code. */
export async function createWorkers({ queues, activities, hostQueue, ...shared }: WorkersInput): Promise<Worker[]> {
  const all: readonly QueueWithLimits[] = [
    ...queues.map((taskQueue) => ({ taskQueue, limits: LIMITS[taskQueue] })),
    ...(hostQueue === undefined ? [] : [{ taskQueue: hostQueue, limits: HOST_LIMITS }]),
  ];
  return await Promise.all(
    all.map(
      async ({ taskQueue, limits }) =>
        await Worker.create({
          ...shared,
          taskQueue,
          shutdownGraceTime: '10s',
          ...limits,
          activities,
          interceptors: { activity: [() => ({ inbound: failureInterceptor })] },
          ...(taskQueue === TASK_QUEUES.workflows && { workflowBundle: await workflowBundle() }),
          // A pause or a cancel reaches an activity with its next heartbeat.
          maxHeartbeatThrottleInterval: '1s',
          defaultHeartbeatThrottleInterval: '1s',
          shutdownForceTime: '20s',
        }),
    ),
  );
}
