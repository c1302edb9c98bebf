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
}

/** The limit of each queue's resource, in one process. */
const LIMITS = {
  workflows: { maxCachedWorkflows: 1_000 },
  scrape: { maxConcurrentActivityTaskExecutions: 20 },
  render: { maxConcurrentActivityTaskExecutions: 1 },
  embed: { maxConcurrentActivityTaskExecutions: 2 },
  'telegram-bot': { maxConcurrentActivityTaskExecutions: 50 },
  'telegram-account': { maxConcurrentActivityTaskExecutions: 20 },
  storage: { maxConcurrentActivityTaskExecutions: 20 },
} as const satisfies Record<TaskQueue, Partial<WorkerOptions>>;

/** One worker per queue; only the `workflows` queue carries workflow code. */
export async function createWorkers({ queues, activities, ...shared }: WorkersInput): Promise<Worker[]> {
  return await Promise.all(
    queues.map(
      async (taskQueue) =>
        await Worker.create({
          ...shared,
          taskQueue,
          ...LIMITS[taskQueue],
          ...(taskQueue === TASK_QUEUES.workflows
            ? { workflowBundle: await workflowBundle() }
            : { activities, interceptors: { activity: [() => ({ inbound: failureInterceptor })] } }),
          // A pause or a cancel reaches an activity with its next heartbeat.
          maxHeartbeatThrottleInterval: '1s',
          defaultHeartbeatThrottleInterval: '1s',
          shutdownGraceTime: '10s',
          shutdownForceTime: '20s',
        }),
    ),
  );
}
