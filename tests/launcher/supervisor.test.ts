import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSupervisor, type Service, type Supervisor } from '../../scripts/launcher/supervisor.ts';
import { allGone, endingOf, isAlive, linesUntil, pidsIn } from './processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'gifty-launcher-'));
const running: Supervisor[] = [];

function supervised() {
  const said: string[] = [];
  const supervisor = createSupervisor((text) => said.push(text));
  running.push(supervisor);
  return { supervisor, said };
}

function service(pids: number[], ...args: readonly string[]): Service {
  return {
    name: 'child',
    script: 'tests/launcher/fixtures/child.ts',
    args,
    logFile: join(folder, 'child.log'),
    readyLine: (line) => line.includes('ready'),
    onLine: (line) => pids.push(...pidsIn([line])),
  };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((supervisor) => supervisor.stop()));
});

describe('a supervised child', () => {
  test('is started again when it is killed, and ends when it is told to', async () => {
    const pids: number[] = [];
    const { supervisor, said } = supervised();
    await supervisor.start(service(pids));
    const [first = 0] = pids;
    process.kill(first, 'SIGKILL');
    await vi.waitUntil(() => pids.length === 2, { timeout: 10_000, interval: 20 });
    expect(said.join()).toContain('was killed by SIGKILL; starting it again');
    await supervisor.stop();
    await allGone(pids);
    expect(readFileSync(join(folder, 'child.log'), 'utf8')).toContain('child ready');
  });

  test('that ends before it is ready is an error that quotes its last words', async () => {
    const { supervisor } = supervised();
    await expect(supervisor.start(service([], '--fail'))).rejects.toThrow(
      /child ended with code 4[^]*the disk is full/,
    );
  });

  test('that is not ready in time is an error', async () => {
    const { supervisor } = supervised();
    const late = { ...service([]), readyLine: () => false, readyWithinMs: 200 };
    await expect(supervisor.start(late)).rejects.toThrow('was not ready within 0.2 s');
  });

  test('nothing is started once everything is being ended', async () => {
    const { supervisor } = supervised();
    await supervisor.stop();
    await expect(supervisor.start(service([]))).rejects.toThrow('stopped');
  });
});

describe('the launcher and its children', () => {
  async function startLauncher(): Promise<{ launcher: ChildProcess; pids: readonly number[] }> {
    const script = join(ROOT, 'tests', 'launcher', 'fixtures', 'launcher.ts');
    const launcher = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pids = pidsIn(await linesUntil(launcher.stdout, (line) => line === 'all ready'));
    expect(pids).toHaveLength(2);
    expect(pids.every(isAlive)).toBe(true);
    return { launcher, pids };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends all of them, and the launcher well', async (signal) => {
    const { launcher, pids } = await startLauncher();
    const ending = endingOf(launcher);
    launcher.kill(signal);
    // A terminal and npm may both pass on the same Ctrl-C.
    launcher.kill(signal);
    expect(await ending).toBe(0);
    await allGone(pids);
    expect(existsSync(join(folder, 'foreign.pid'))).toBe(false);
  });

  test('SIGKILL of the launcher ends all of them, foreign programs too', async () => {
    const { launcher, pids } = await startLauncher();
    launcher.kill('SIGKILL');
    await allGone(pids);
  });
});
