import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { connectTemporal } from '../client/connect.ts';
import { wakeTalks } from '../client/ingress.ts';
import { EncryptionCodec } from '../client/payload-codec.ts';
import { embeddingSettings } from '../config/embedding.ts';
import { ConfigError, loadConfig, type Config } from '../config/env.ts';
import { createLogger } from '../config/logger.ts';
import type { TalkInput } from '../contracts/dialog.ts';
import { purgeIdempotencyRecords } from '../db/repositories/idempotency.ts';
import { createOrm } from '../db/orm.ts';
import { resealSecrets } from '../db/repositories/reseal.ts';
import { purgeInbox } from '../db/repositories/inbox.ts';
import { purgeMessageFiles } from '../db/repositories/message-files.ts';
import { purgeSignIns } from '../db/repositories/sign-in-attempts.ts';
import { createSecretBox } from '../db/secrets.ts';
import { createEmbedder } from '../providers/openai/embedder.ts';
import { renderPng } from '../providers/pictures/render-png.ts';
import { createApp, type AppOptions } from './app.ts';
import { createMetrics } from './metrics.ts';
import { drain, listen } from './server.ts';
import { createTemporalDoor } from './temporal-door.ts';
import { DependencyDownError, waitForDependency } from './wait-for.ts';
import { startWatches } from './watch-switch.ts';

const PATIENCE = { patienceMs: 60_000, everyMs: 2000 };
const WEBHOOK_MS = 5000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (err) {
    if (!(err instanceof ConfigError)) throw err;
    process.stderr.write(`${err.message}\n`);
    process.exit(1);
  }
}

const appOptions = (config: Config): AppOptions => ({
  operatorToken: config.GIFTY_OPERATOR_TOKEN ?? null,
  webUiOrigins: [
    ...['localhost', '127.0.0.1'].map((host) => `http://${host}:${config.GIFTY_TEMPORAL_UI_PORT}`),
    ...config.GIFTY_TEMPORAL_UI_ORIGINS,
  ],
  // Shops on private addresses are allowed by name; their photos come without TLS.
  imageOrigins: config.GIFTY_FETCH_ALLOW.map((host) => `http://${host}`),
  trustProxy: config.TRUST_PROXY === 0 ? false : config.TRUST_PROXY,
  requestsPerMinute: 1200,
});

async function openDatabase(config: Config, log: Logger) {
  const orm = createOrm({ databaseUrl: config.DATABASE_URL });
  const { host } = new URL(config.DATABASE_URL);
  await waitForDependency(
    {
      name: `Postgres at ${host}`,
      advice: config.embeddedDatabase
        ? 'It is the embedded one: run `npm start`, or set DATABASE_URL to a server of yours.'
        : 'Start it, or correct DATABASE_URL.',
      connect: () => orm.em.fork().execute('select 1'),
    },
    { log, ...PATIENCE },
  );
  await waitForDependency(
    {
      name: `the schema of Postgres at ${host}`,
      advice: 'Run `npm run migrate`.',
      async connect() {
        const pending = await orm.migrator.getPending();
        if (pending.length > 0) throw new Error(`${pending.length} migrations have not run`);
      },
    },
    { log, ...PATIENCE },
  );
  return orm;
}

const openTemporal = async (config: Config, log: Logger) =>
  await waitForDependency(
    {
      name: `Temporal at ${config.TEMPORAL_ADDRESS}`,
      advice: config.embeddedTemporal
        ? 'It is the embedded one: run `npm start`, or set TEMPORAL_ADDRESS to a server of yours.'
        : 'Start it, or correct TEMPORAL_ADDRESS.',
      connect: () =>
        connectTemporal({
          address: config.TEMPORAL_ADDRESS,
          namespace: config.TEMPORAL_NAMESPACE,
          keys: config.GIFTY_KEYS,
        }),
    },
    { log, ...PATIENCE },
  );

/** null = messengers are asked. */
function webhooks({ GIFTY_WEBHOOK_URL: url, GIFTY_WEBHOOK_SECRET: secret }: Config, client: Client) {
  if (url === undefined || secret === undefined) return null;
  return {
    secret,
    wakeTalks: async (chats: readonly TalkInput[]) => {
      // Longer, and the messenger sends it again.
      await client.connection.withDeadline(Date.now() + WEBHOOK_MS, async () => {
        await wakeTalks(client, chats);
      });
    },
  };
}

async function main(config: Config, log: Logger): Promise<void> {
  for (const warning of config.warnings) log.warn(warning);
  const closing = new AbortController();
  const stopped = stopRequest(log);
  const opening = Promise.all([openDatabase(config, log), openTemporal(config, log)]);
  const opened = await Promise.race([opening, stopped]);
  if (opened === undefined) return;
  const [orm, client] = opened;
  const metrics = createMetrics();
  const em = () => orm.em.fork();
  const embedding = embeddingSettings(config);
  const deps = {
    em,
    embedder: embedding === null ? null : createEmbedder(embedding),
    temporal: createTemporalDoor({ client, connection: client.connection }),
    codec: new EncryptionCodec(config.GIFTY_KEYS),
    secrets: createSecretBox(config.GIFTY_KEYS),
    ownBots: { telegram: config.GIFTY_TELEGRAM_BOT_TOKEN ?? null, max: config.GIFTY_MAX_BOT_TOKEN ?? null },
    renderPng,
    webhooks: webhooks(config, client),
    log,
    closing: closing.signal,
  };
  const app = createApp(deps, appOptions(config), metrics);
  const { server, url } = await listen(app, { host: config.GIFTY_API_HOST, port: config.GIFTY_API_PORT });
  const purge = setInterval(() => {
    Promise.all([
      ...[purgeIdempotencyRecords(em(), DAY_MS), purgeSignIns(em())],
      ...[purgeInbox(em()), purgeMessageFiles(em())],
    ]).catch((err: unknown) => {
      log.warn({ err }, 'what is over was not deleted');
    });
  }, HOUR_MS);
  log.info({ address: url }, 'api ready');
  startWatches(deps).catch((err: unknown) => {
    log.warn({ err }, 'gift watches not looked at');
  });
  // After a rotation; what cannot be opened is told when it is needed, too.
  resealSecrets({ em: em(), secrets: deps.secrets }).catch((err: unknown) => {
    log.error({ err }, 'secrets not sealed anew');
  });
  await stopped;
  clearInterval(purge);
  closing.abort();
  await drain(server);
  await Promise.all([orm.close(), client.connection.close()]);
  log.info('api stopped');
}

/** Resolves on SIGTERM, SIGINT, or when the process that started this one is gone. */
const stopRequest = (log: Logger): Promise<void> =>
  new Promise((resolve) => {
    for (const reason of ['SIGTERM', 'SIGINT', 'disconnect']) {
      process.on(reason, () => {
        log.info({ reason }, 'api stops');
        resolve();
      });
    }
  });

const config = readConfig();
const log = createLogger(config, 'api');
try {
  await main(config, log);
  process.exit(0);
} catch (err) {
  log.fatal(
    err instanceof DependencyDownError ? { err: undefined } : { err },
    err instanceof Error ? err.message : 'api failed',
  );
  process.exit(1);
}
