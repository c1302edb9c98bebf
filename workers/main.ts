import { parseArgs } from 'node:util';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { connectTemporal } from '../client/connect.ts';
import { dataConverter } from '../client/payload-codec.ts';
import { loadConfig } from '../config/env.ts';
import { createLogger } from '../config/logger.ts';
import { TASK_QUEUES, type TaskQueue } from '../contracts/task-queues.ts';
import { createOrm } from '../db/orm.ts';
import { createActivities } from './activities.ts';
import { createWorkers } from './create-workers.ts';
import { temporalLogger } from './temporal-logger.ts';

const config = loadConfig();
const log = createLogger(config, 'worker');
const queues = chosenQueues();
Runtime.install({ logger: temporalLogger(log), shutdownSignals: ['SIGTERM', 'SIGINT'] });

const shared = { namespace: config.TEMPORAL_NAMESPACE, address: config.TEMPORAL_ADDRESS };
const connection = await NativeConnection.connect({ address: shared.address });
const client = await connectTemporal({ ...shared, keys: config.GIFTY_KEYS });
const orm = createOrm({ databaseUrl: config.DATABASE_URL });
const activities = createActivities({ config, client, orm });
const workers = await createWorkers({
  connection,
  namespace: shared.namespace,
  dataConverter: dataConverter(config.GIFTY_KEYS),
  queues,
  activities,
});
// Started by `npm start`: end with it, however it ends.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
log.info({ queues }, 'worker ready');
// Another model, or products that a terminated indexing left: noticed now and not with the next crawl.
if (queues.includes(TASK_QUEUES.embed)) await activities.requestIndexing();
await Promise.all(workers.map((worker) => worker.run()));
await Promise.all([orm.close(), client.connection.close(), connection.close()]);
log.info('worker stopped');
process.exit(0);

function chosenQueues(): TaskQueue[] {
  const all = Object.values(TASK_QUEUES);
  const { values } = parseArgs({ options: { queues: { type: 'string', default: all.join(',') } } });
  return values.queues.split(',').map((name) => {
    const queue = all.find((known) => known === name.trim());
    if (queue === undefined) throw new Error(`--queues: there is no queue «${name}»; there are ${all.join(', ')}`);
    return queue;
  });
}
