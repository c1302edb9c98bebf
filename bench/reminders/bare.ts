import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { forEachOf } from '../../tests/support/reminder-crowd.ts';
import type { waitAndAct } from './wait-and-act.ts';

const Times = z.array(z.number());

export interface Bare {
  start(count: number, dueMs: (index: number) => number): Promise<void>;
  /** When activities ran, epoch ms. */
  times(): Promise<number[]>;
  stop(): Promise<void>;
}

/** Bare timer-and-activity workflows on this server, with a worker process of their own. */
export async function startBare(client: Client, address: string): Promise<Bare> {
  const child = fork(fileURLToPath(new URL('bare-worker.ts', import.meta.url)), [address]);
  const answer = async (): Promise<number[]> => {
    const message: unknown = await new Promise((resolve) => child.once('message', resolve));
    return Times.parse(message);
  };
  await answer();
  return {
    async start(count, dueMs) {
      await forEachOf(count, async (index) => {
        await client.workflow.start<typeof waitAndAct>('waitAndAct', {
          ...{ taskQueue: 'bench-workflows', workflowId: randomUUID(), args: [dueMs(index)] },
        });
      });
    },
    async times() {
      const answered = answer();
      child.send('times');
      return await answered;
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
