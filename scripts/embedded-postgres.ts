// embedded-postgres.ts --port N --data-dir FOLDER: Postgres with pgvector inside this process (PGlite), behind the real
// protocol on loopback. One backend session serves all connections: transactions run one after the other.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { createLogger } from '../config/logger.ts';
import { takeLock } from './launcher/lock-file.ts';

/** More than all our processes open together; a connection costs a few kilobytes here. */
const MAX_CONNECTIONS = 200;

const { values } = parseArgs({ options: { port: { type: 'string' }, 'data-dir': { type: 'string' } } });
const dataDir = values['data-dir'] ?? '.data/postgres';
const logger = createLogger({ LOG_LEVEL: 'info', secrets: [] }, 'postgres');

// Two processes on one data folder would destroy it, and PGlite itself does not check.
mkdirSync(dataDir, { recursive: true });
const holder = takeLock(join(dataDir, '..', 'postgres.pid'), 'embedded-postgres');
if (holder !== undefined) {
  logger.fatal({ holder }, `the database in ${dataDir} is in use by process ${holder}: stop that one first`);
  process.exit(1);
}

const startedAtMs = performance.now();
const database = await PGlite.create({ dataDir, extensions: { vector } });
const server = new PGLiteSocketServer({
  db: database,
  host: '127.0.0.1',
  port: Number(values.port ?? 0),
  maxConnections: MAX_CONNECTIONS,
});
await server.start();
const address = server.getServerConn();
logger.info({ ready: true, address, startMs: Math.round(performance.now() - startedAtMs) }, `ready on ${address}`);

async function stop(): Promise<void> {
  await server.stop();
  await database.close();
  logger.info('stopped');
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
