import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { dataConverter, type KeyRing } from '../../client/payload-codec.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { createWorkers } from '../../workers/create-workers.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

export const testKeys: KeyRing = { current: 'test', keys: { test: new Uint8Array(32).fill(7) } };
/** The same as `GIFTY_KEYS`, for a process. */
export const TEST_KEYS = Object.entries(testKeys.keys)
  .map(([id, key]) => `${id}:${Buffer.from(key).toString('base64')}`)
  .join(',');

/** A Temporal development server in memory: real time, schedules, visibility, our search attributes. */
export async function startTemporal(dynamicConfig: readonly string[] = []): Promise<TestWorkflowEnvironment> {
  const cli = process.env['TEMPORAL_CLI'];
  const env = await TestWorkflowEnvironment.createLocal({
    server: {
      extraArgs: dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]),
      ...(cli !== undefined && { executable: { type: 'existing-path', path: cli } }),
    },
    client: { dataConverter: dataConverter(testKeys) },
  });
  await registerSearchAttributes(env.connection, env.namespace ?? 'default');
  return env;
}

/** Runs `fn` beside one worker per queue, all serving these activities. */
export async function withWorkers<T>(
  env: TestWorkflowEnvironment,
  activities: object,
  fn: () => Promise<T>,
): Promise<T> {
  const workers = await createWorkers({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: dataConverter(testKeys),
    queues: Object.values(TASK_QUEUES),
    activities,
  });
  const running = workers.map((worker) => worker.run());
  try {
    return await fn();
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
  }
}
