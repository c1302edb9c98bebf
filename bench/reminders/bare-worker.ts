/** A worker of bare workflows, forked by the bench; at every message it answers when its activities ran. */
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { dataConverter } from '../../client/payload-codec.ts';
import { testKeys } from '../../tests/support/temporal.ts';
import { LIMITS } from '../../workers/create-workers.ts';

const address = process.argv[2] ?? '';
const connection = await NativeConnection.connect({ address });
const times: number[] = [];
const shared = { connection, dataConverter: dataConverter(testKeys) };
const act = (): Promise<void> => {
  times.push(Date.now());
  return Promise.resolve();
};
const workflowsPath = fileURLToPath(new URL('wait-and-act.ts', import.meta.url));
// Limited as our own workers are, and bundled like ours.
const workflows = await Worker.create({
  ...{ ...shared, ...LIMITS.workflows, taskQueue: 'bench-workflows' },
  ...{ workflowsPath, bundlerOptions: { preloadModules: [workflowsPath] } },
});
const acts = await Worker.create({
  ...{ ...shared, ...LIMITS.storage, taskQueue: 'bench-acts', activities: { act } },
});
process.on('message', () => process.send?.(times));
process.on('disconnect', () => process.exit(0));
process.send?.([]);
await Promise.all([workflows.run(), acts.run()]);
process.exit(0); // its parent's channel would hold it
