import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createOrm } from '../../db/orm.ts';
import { createSupervisor } from '../../scripts/launcher/supervisor.ts';
import { freePort } from './free-port.ts';
import { endingOf, pidsIn } from './processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'gifty-postgres-'));
const dataDir = join(folder, 'postgres');
const supervisor = createSupervisor(() => undefined);
const pids: number[] = [];
let databaseUrl = '';
let orm: MikroORM;

const env = (url: string): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], DATABASE_URL: url });
const migrate = (...args: readonly string[]) =>
  spawn(process.execPath, ['scripts/migrate.ts', ...args], { cwd: ROOT, env: env(databaseUrl), stdio: 'ignore' });
const sql = <T extends object[]>(text: string) => orm.em.getConnection().execute<T>(text);

beforeAll(async () => {
  const port = await freePort();
  databaseUrl = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  await supervisor.start({
    name: 'postgres',
    script: 'scripts/embedded-postgres.ts',
    args: ['--port', String(port), '--data-dir', dataDir],
    logFile: join(folder, 'postgres.log'),
    readyLine: (line) => line.includes('ready on'),
    onLine: (line) => pids.push(...(line.includes('ready on') ? pidsIn([line]) : [])),
  });
  orm = createOrm({ databaseUrl, maxConnections: 30 });
});

afterAll(async () => {
  await orm.close();
  await supervisor.stop();
});

describe('migrations', () => {
  test('run once although three processes start together', async () => {
    const endings = await Promise.all([migrate(), migrate(), migrate()].map(endingOf));
    expect(endings).toEqual([0, 0, 0]);
    const pending = await orm.migrator.getPending();
    expect(pending).toEqual([]);
    expect(await sql('select * from migration_lease')).toEqual([]);
  });

  test('a lease left by a process that was killed is taken over when it has expired', async () => {
    await sql(`insert into migration_lease values (1, 'gone:1', now() + interval '300 milliseconds')`);
    expect(await endingOf(migrate())).toBe(0);
  });

  test('a database that is down is named, with what to do', async () => {
    const url = `postgres://gifty:canary-secret@127.0.0.1:${await freePort()}/shop`;
    const args = ['scripts/migrate.ts', '--wait-seconds', '0'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, env: env(url), encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/The database at 127\.0\.0\.1:\d+\/shop does not answer: .*ECONNREFUSED.*DATABASE_URL/);
    expect(stdout).not.toContain('canary');
  });
});

describe('the embedded Postgres', () => {
  test('serves thirty connections at once, each with answers to its own questions', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        orm.em.fork().transactional((em) => em.execute('select ? as n', [number])),
      ),
    );
    expect(answers.map((rows) => JSON.stringify(rows))).toHaveLength(30);
    expect(answers.map(([row]: { n?: unknown }[]) => Number(row?.n))).toEqual(answers.map((_, number) => number));
  });

  test('keeps transactions of different connections apart', async () => {
    await sql('create table counter (n int not null)');
    await sql('insert into counter values (0)');
    const increment = () =>
      orm.em.fork().transactional(async (em) => {
        const [row] = await em.execute<{ n: number }[]>('select n from counter for update');
        await em.execute('update counter set n = ?', [(row?.n ?? 0) + 1]);
      });
    await Promise.all(Array.from({ length: 40 }, increment));
    expect(await sql('select n from counter')).toEqual([{ n: 40 }]);
  });

  test('has vectors and both dictionaries of the search', async () => {
    expect(await sql(`select '[1,2]'::vector <=> '[1,2]'::vector as distance`)).toEqual([{ distance: 0 }]);
    const [row] = await sql<{ hit: boolean }[]>(
      `select to_tsvector('russian', 'кружки') @@ plainto_tsquery('russian', 'кружка') as hit`,
    );
    expect(row?.hit).toBe(true);
  });

  test('refuses a second process on its folder, naming the first', () => {
    const args = ['scripts/embedded-postgres.ts', '--port', '0', '--data-dir', dataDir];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toContain(`is in use by process ${pids[0] ?? 0}`);
  });

  test('goes on with every committed row after SIGKILL, on the same address', async () => {
    await sql('insert into counter values (41)');
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await expect
      .poll(() => sql<{ n: number }[]>('select n from counter order by n').catch(() => []), { timeout: 20_000 })
      .toEqual([{ n: 40 }, { n: 41 }]);
    expect(pids).toHaveLength(2);
  });
});
