import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allGone, endingOf, linesUntil, pidsIn } from './processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const run = (...args: readonly string[]) =>
  spawn(process.execPath, [join(ROOT, 'scripts', 'run.mjs'), 'tests/launcher/fixtures/child.ts', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

describe('scripts/run.mjs', () => {
  test('hands on the exit code of the script', async () => {
    expect(await endingOf(run('--fail'))).toBe(4);
  });

  test('hands on a signal, and ends when the script has ended', async () => {
    const wrapper = run();
    const pids = pidsIn(await linesUntil(wrapper.stdout, (line) => line.includes('ready')));
    const ending = endingOf(wrapper);
    wrapper.kill('SIGTERM');
    expect(await ending).toBe(0);
    await allGone(pids);
  });

  test('leaves no script behind when it is killed itself', async () => {
    const wrapper = run();
    const pids = pidsIn(await linesUntil(wrapper.stdout, (line) => line.includes('ready')));
    wrapper.kill('SIGKILL');
    await allGone(pids);
  });
});
