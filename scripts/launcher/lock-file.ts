import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** True when that process lives and its command line has `mark` in it (a number may have passed to another program). */
function isHeldBy(pid: number, mark: string): boolean {
  if (!(pid > 0)) return false;
  const { stdout, error } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  if (error === undefined) return stdout.includes(mark);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Takes `file` for this process until it ends; what a killed process left is taken over.
 * @param mark part of the command line of every process that takes this file
 * @returns the pid of the process that holds it, or undefined when it is ours now
 */
export function takeLock(file: string, mark: string): number | undefined {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      process.once('exit', () => {
        rmSync(file, { force: true });
      });
      return undefined;
    } catch {
      const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (isHeldBy(holder, mark)) return holder;
      rmSync(file, { force: true });
    }
  }
}
