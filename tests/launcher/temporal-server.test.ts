import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Connection } from '@temporalio/client';
import { CACHE, firstExecutable } from '../../scripts/launcher/paths.ts';
import { createSupervisor } from '../../scripts/launcher/supervisor.ts';
import { temporalService } from '../../scripts/launcher/temporal-server.ts';
import { freePort } from './free-port.ts';
import { allGone } from './processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const cli = firstExecutable([process.env['TEMPORAL_CLI'] ?? '', join(CACHE, 'temporal')]);

describe.skipIf(cli === undefined)('the Temporal development server', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gifty-temporal-'));
  const said: string[] = [];
  const supervisor = createSupervisor((text) => said.push(text));
  let port = 0;
  const serverPid = (): number => Number(readFileSync(join(dataDir, 'temporal', 'server.pid'), 'utf8'));
  const prepare = () => {
    const env = { PATH: process.env['PATH'], TEMPORAL_ADDRESS: `127.0.0.1:${port}` };
    return spawnSync(process.execPath, ['scripts/prepare-temporal.ts'], { cwd: ROOT, env, encoding: 'utf8' });
  };
  async function attributes(): Promise<string[]> {
    const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    await connection.close();
    return Object.keys(customAttributes);
  }

  beforeAll(async () => {
    port = await freePort();
    const options = { cli: cli ?? '', dataDir, port, uiPort: null, apiUrl: 'http://127.0.0.1:1', namespace: 'default' };
    await supervisor.start(temporalService(options));
  });
  afterAll(() => supervisor.stop());

  test('gets our search attributes, and getting them again does no harm', async () => {
    expect(prepare().status).toBe(0);
    expect(prepare().status).toBe(0);
    expect(await attributes()).toEqual(expect.arrayContaining(['GiftyKind', 'GiftySource', 'GiftyState']));
  });

  test('that is killed is started again on its file, and still knows them', async () => {
    const first = serverPid();
    process.kill(first, 'SIGKILL');
    await allGone([first]);
    await vi.waitUntil(() => said.length > 0, { timeout: 10_000 });
    await expect.poll(() => attributes().catch(() => []), { timeout: 20_000 }).toContain('GiftySource');
  });

  test('whose guard was killed with it running is replaced, not doubled', async () => {
    const server = serverPid();
    const { stdout } = spawnSync('ps', ['-o', 'ppid=', '-p', String(server)], { encoding: 'utf8' });
    process.kill(Number(stdout), 'SIGKILL');
    await allGone([server]);
    await expect.poll(() => attributes().catch(() => []), { timeout: 20_000 }).toContain('GiftySource');
    expect(serverPid()).not.toBe(server);
  });

  test('that does not answer is named, with what to do', async () => {
    const env = { PATH: process.env['PATH'], TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` };
    const args = ['scripts/prepare-temporal.ts', '--wait-seconds', '0'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/Temporal at 127\.0\.0\.1:\d+ \(namespace default\) is not ready: .*TEMPORAL_ADDRESS/);
  });
});
