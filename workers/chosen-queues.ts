import { parseArgs } from 'node:util';
import { TASK_QUEUES, type TaskQueue } from '../contracts/task-queues.ts';

export interface QueueChoice {
  readonly queues: readonly TaskQueue[];
  /** Why the optional queue `render` is not among them although nobody left it out; null = it is, or somebody did. */
  readonly withoutBrowser: string | null;
}

/**
 * The queues that a worker process serves: those of `--queues a,b`, or all that it can.
 * @param noBrowser  why this process has no browser; null = it has one
 * @throws Error, for the operator, when a queue is unknown or cannot be served
 */
export function chosenQueues(args: readonly string[], noBrowser: string | null): QueueChoice {
  const all = Object.values(TASK_QUEUES);
  const { values } = parseArgs({ args: [...args], options: { queues: { type: 'string' } } });
  if (values.queues === undefined) {
    const queues = all.filter((queue) => queue !== TASK_QUEUES.render || noBrowser === null);
    return { queues, withoutBrowser: noBrowser };
  }
  const queues = values.queues.split(',').map((name) => {
    const queue = all.find((known) => known === name.trim());
    if (queue === undefined) throw new Error(`--queues: there is no queue «${name}»; there are ${all.join(', ')}`);
    return queue;
  });
  if (noBrowser !== null && queues.includes(TASK_QUEUES.render)) {
    throw new Error(`--queues: «render» cannot be served here: ${noBrowser}`);
  }
  return { queues, withoutBrowser: null };
}
