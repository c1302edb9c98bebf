import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { dataConverter } from '../../client/payload-codec.ts';
import { testKeys } from '../../tests/support/temporal.ts';
import type { hop } from './hop.ts';

const TASK_QUEUE = 'bench-hop';

export interface BareHop {
  /** From the client's start to the first line of the activity, ms. */
  measure(): Promise<number>;
  stop(): Promise<void>;
}

/** Workflows of one activity on the same server, through a worker with nothing else to do. */
export async function startBareHop(client: Client, address: string): Promise<BareHop> {
  let arrivedAt = 0;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    ...{ connection, taskQueue: TASK_QUEUE, dataConverter: dataConverter(testKeys) },
    workflowsPath: fileURLToPath(new URL('hop.ts', import.meta.url)),
    activities: {
      arrive: () => {
        arrivedAt = performance.now();
        return Promise.resolve();
      },
    },
  });
  const running = worker.run();
  return {
    async measure() {
      const startedAt = performance.now();
      await client.workflow.execute<typeof hop>('hop', { taskQueue: TASK_QUEUE, workflowId: randomUUID() });
      return arrivedAt - startedAt;
    },
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}
