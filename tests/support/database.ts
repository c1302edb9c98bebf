import type { MikroORM } from '@mikro-orm/postgresql';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { createOrm } from '../../db/orm.ts';
import { freePort } from './free-port.ts';

export interface TestDatabase {
  readonly orm: MikroORM;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** An empty in-memory Postgres behind the real protocol, migrated; one per test file. */
export async function startDatabase(): Promise<TestDatabase> {
  const pglite = await PGlite.create({ extensions: { vector } });
  const port = await freePort();
  const server = new PGLiteSocketServer({ db: pglite, host: '127.0.0.1', port, maxConnections: 20 });
  await server.start();
  const databaseUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const orm = createOrm({ databaseUrl });
  await orm.migrator.up();
  return {
    orm,
    databaseUrl,
    async stop() {
      await orm.close();
      await server.stop();
      await pglite.close();
    },
  };
}
