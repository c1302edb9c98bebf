import { NativeConnection, Runtime } from '@temporalio/worker';
import { connectTemporal } from '../client/connect.ts';
import { dataConverter } from '../client/payload-codec.ts';
import { loadConfig } from '../config/env.ts';
import { createLogger } from '../config/logger.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { createOrm } from '../db/orm.ts';
import { whyNoBrowser } from '../providers/shops/render/playwright.ts';
import { createSecretBox } from '../db/secrets.ts';
import { createTelegramAccounts } from '../providers/telegram-account/telegram-accounts.ts';
import { chosenDatacentre, createAccountHost } from './account-host.ts';
import { createActivities } from './activities.ts';
import { chosenQueues } from './chosen-queues.ts';
import { createWorkers } from './create-workers.ts';
import { botCommands } from './bot-commands.ts';
import { openIngress } from './ingress.ts';
import { openOwnBots } from './own-bots.ts';
import { temporalLogger } from './temporal-logger.ts';

const config = loadConfig();
const log = createLogger(config, 'worker');
const noBrowser = whyNoBrowser({ chromium: config.GIFTY_CHROMIUM, proxies: config.GIFTY_PROXIES });
const { queues, withoutBrowser } = chosenQueues(process.argv.slice(2), noBrowser);
Runtime.install({ logger: temporalLogger(log), shutdownSignals: ['SIGTERM', 'SIGINT'] });

const shared = { namespace: config.TEMPORAL_NAMESPACE, address: config.TEMPORAL_ADDRESS };
const connection = await NativeConnection.connect({ address: shared.address });
const client = await connectTemporal({ ...shared, keys: config.GIFTY_KEYS });
const orm = createOrm({ databaseUrl: config.DATABASE_URL });
const secrets = createSecretBox(config.GIFTY_KEYS);
const accounts = createTelegramAccounts({ dc: chosenDatacentre(config) });
const host = createAccountHost({ config, client, orm, accounts, secrets, log });
const hostsAccounts = queues.includes(TASK_QUEUES.telegramAccount);
const ownBots = openOwnBots(config);
const activities = createActivities({ config, client, orm, secrets, accounts, host, ownBots });
const workers = await createWorkers({
  connection,
  namespace: shared.namespace,
  dataConverter: dataConverter(config.GIFTY_KEYS),
  queues,
  activities,
  ...(hostsAccounts && { hostQueue: host.queue }),
});
// Started by `npm start`: end with it, however it ends.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
if (withoutBrowser !== null) log.info({ reason: withoutBrowser }, 'the queue render is not served');
log.info({ queues }, 'worker ready');
// Another model, or products that a terminated indexing left: noticed now and not with the next crawl.
if (queues.includes(TASK_QUEUES.embed)) await activities.requestIndexing();
if (hostsAccounts) await host.start();
const running = Promise.all(workers.map((worker) => worker.run()));
const stopping = new AbortController();
if (queues.includes(TASK_QUEUES.dialog))
  void openIngress({ config, client, bots: ownBots, commands: botCommands, log, signal: stopping.signal });
await running;
stopping.abort();
await host.stop();
await Promise.all([orm.close(), client.connection.close(), connection.close()]);
log.info('worker stopped');
process.exit(0);
