// migrate.ts [--down] [--wait-seconds N]: waits for the database, then brings its schema up to date (or one step back).
import { parseArgs } from 'node:util';
import type { MikroORM } from '@mikro-orm/postgresql';
import { ConfigError, loadConfig, type Config } from '../config/env.ts';
import { createLogger } from '../config/logger.ts';
import { createOrm } from '../db/orm.ts';
import { reasonOf, waitFor } from './launcher/wait-for.ts';
import { withMigrationLease } from './migration-lease.ts';

const { values } = parseArgs({
  options: { down: { type: 'boolean', default: false }, 'wait-seconds': { type: 'string', default: '60' } },
});

/** Errors of Postgres that waiting does not help, and what does. */
const FINAL_ERRORS: Readonly<Record<string, string>> = {
  '28P01': 'its user or password is wrong',
  '28000': 'it does not let this user in',
  '3D000': 'there is no database of that name: create it',
};

const codeOf = (err: unknown): string =>
  err instanceof Error && 'code' in err && typeof err.code === 'string' ? err.code : '';

function refusal(config: Config, err: unknown): string {
  const { hostname, port, pathname } = new URL(config.DATABASE_URL);
  const where = `The database at ${hostname}:${port === '' ? '5432' : port}${pathname}`;
  const known = FINAL_ERRORS[codeOf(err)];
  const advice = config.embeddedDatabase
    ? 'It is the embedded one: run `npm start`, or set DATABASE_URL to a Postgres with pgvector.'
    : 'It is named by DATABASE_URL: start it, correct DATABASE_URL, or unset it to use the embedded one.';
  return `${where} ${known === undefined ? `does not answer: ${reasonOf(err)}` : `refuses: ${known}`}. ${advice}`;
}

async function migrate(orm: MikroORM): Promise<string> {
  const done = values.down ? await orm.migrator.down() : await orm.migrator.up();
  const names = done.map(({ name }) => name).join(', ');
  return names === '' ? 'the schema is up to date' : `${values.down ? 'reverted' : 'applied'} ${names}`;
}

async function main(config: Config): Promise<number> {
  const logger = createLogger(config, 'migrate');
  const orm = createOrm({ databaseUrl: config.DATABASE_URL, maxConnections: 2 });
  try {
    await waitFor(() => orm.em.getConnection().execute('select 1'), {
      giveUpAfterMs: Number(values['wait-seconds']) * 1000,
      isFinal: (err) => codeOf(err) in FINAL_ERRORS,
      onRefusal: (reason) => {
        logger.warn(`waiting for the database (${reason})`);
      },
    });
  } catch (err) {
    logger.fatal(refusal(config, err));
    return 1;
  }
  try {
    const text = await withMigrationLease(
      orm,
      () => migrate(orm),
      (why) => {
        logger.info(`waiting: ${why}`);
      },
    );
    logger.info({ ready: true }, text);
    return 0;
  } catch (err) {
    const hint = reasonOf(err).includes('extension "vector"')
      ? ': install pgvector (image pgvector/pgvector:pg17)'
      : '';
    logger.fatal({ err }, `migration failed${hint}`);
    return 1;
  } finally {
    await orm.close();
  }
}

try {
  process.exitCode = await main(loadConfig());
} catch (err) {
  process.stderr.write(`${err instanceof ConfigError ? err.message : reasonOf(err)}\n`);
  process.exitCode = 1;
}
