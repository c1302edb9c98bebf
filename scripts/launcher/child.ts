import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.ts';

/** Preload of every child. */
export const FOLLOW_PARENT = pathToFileURL(join(ROOT, 'scripts', 'launcher', 'follow-parent.mjs')).href;
const TAIL_LINES = 30;
const LAST_WORDS_MS = 500;

export interface ChildSpec {
  /** Shown to people, and the name of the log file. */
  readonly name: string;
  /** The script, relative to the project. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** The child is ended after this; absent = it may run for ever. */
  readonly timeoutMs?: number;
  /** Called with every line that the child prints. */
  readonly onLine?: (line: string) => void;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines that the child printed. */
  readonly tail: readonly string[];
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves when the process has ended; never rejects. */
  readonly ended: Promise<Ending>;
}

function follow(child: ChildProcess, { logFile, onLine }: ChildSpec): readonly string[] {
  const tail: string[] = [];
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile, { flags: 'a' });
  for (const input of [child.stdout, child.stderr]) {
    if (input === null) continue;
    createInterface({ input, crlfDelay: Infinity }).on('line', (line) => {
      log.write(`${line}\n`);
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine?.(line);
    });
  }
  child.once('close', () => log.end());
  return tail;
}

/**
 * Starts a script of ours as a child that ends when we end, however we end. It has a process group of its own, so that
 * a Ctrl-C reaches us alone and the children are stopped in order.
 */
export function startChild(spec: ChildSpec): Child {
  const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, join(ROOT, spec.script), ...(spec.args ?? [])], {
    cwd: ROOT,
    env: { ...process.env, ...spec.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    ...(spec.timeoutMs !== undefined && { timeout: spec.timeoutMs }),
  });
  const tail = follow(child, spec);
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (err) => {
      resolve({ code: 1, signal: null, tail: [err.message] });
    });
    child.once('exit', (code, signal) => {
      const end = (): void => {
        resolve({ code, signal, tail });
      };
      // Its last lines come with `close`, which a program that it left running can hold up for ever.
      child.once('close', end);
      setTimeout(end, LAST_WORDS_MS).unref();
    });
  });
  return { process: child, ended };
}

/** Asks the child to end, and after `graceMs` ends it. */
export async function stopChild({ process: child, ended }: Child, graceMs: number): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}

/** How a child ended, in words. */
export const describeEnding = ({ code, signal }: Ending): string =>
  signal === null ? `ended with code ${code ?? 'unknown'}` : `was killed by ${signal}`;
