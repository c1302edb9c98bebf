import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endingOf } from './processes.ts';

const start = (lines: number) =>
  spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'last-words.ts'), String(lines)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    timeout: 15_000,
  });

describe('a process that logs and exits at once', () => {
  test('writes all of it', async () => {
    const child = start(50);
    const chunks = child.stdout?.setEncoding('utf8').toArray();
    child.send('go');
    expect(
      String((await chunks)?.join(''))
        .trim()
        .split('\n'),
    ).toHaveLength(50);
  });

  test('exits although nobody reads its log any more', async () => {
    // pino's usual stream would try to write the second line until the end of days.
    const child = start(2);
    child.stdout?.destroy();
    if (child.stdout !== null) await once(child.stdout, 'close');
    child.send('go');
    expect(await endingOf(child)).toBe(0);
  });
});
