import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { vi } from 'vitest';

/** True while a process with this id runs; one that has ended and waits for a parent to notice does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves once none of these processes exists any more. */
export async function allGone(pids: readonly number[]): Promise<void> {
  await vi.waitUntil(() => !pids.some(isAlive), { timeout: 20_000, interval: 20 });
}

/** Collects lines until one satisfies `last`, and returns all of them. @throws when the stream ends before */
export async function linesUntil(stream: Readable | null, last: (line: string) => boolean): Promise<string[]> {
  const lines: string[] = [];
  if (stream === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    if (last(line)) return lines;
  }
  throw new Error(`ended before the awaited line:\n${lines.join('\n')}`);
}

export const pidsIn = (lines: readonly string[]): number[] =>
  lines.flatMap((line) => [...line.matchAll(/"pid":(\d+)/g)].map(([, pid]) => Number(pid)));

/** Exit code of a process, or its signal's name. */
export const endingOf = (child: ChildProcess): Promise<number | string | null> =>
  new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
