import { join } from 'node:path';
import { CACHE } from './paths.ts';
import type { Supervisor } from './supervisor.ts';
import type { Progress } from './terminal.ts';

/** One way to come by a program. */
export interface Source {
  readonly how: string;
  /** Where it is. @throws when this way is closed, saying why */
  readonly find: (progress: Progress) => Promise<string>;
}

export interface Found {
  readonly path: string;
  readonly how: string;
}

/** None of the ways worked; `reasons` has one line for each. */
export interface NotFound {
  readonly path: undefined;
  readonly reasons: readonly string[];
}

/** The first of `sources` that yields the program, asked in order; later ones are left alone. */
export async function firstThatWorks(sources: readonly Source[], progress: Progress): Promise<Found | NotFound> {
  const reasons: string[] = [];
  for (const { how, find } of sources) {
    try {
      return { path: await find(progress), how };
    } catch (err) {
      reasons.push(`${how}: ${err instanceof Error ? err.message : String(err)}`);
    }
  }
  return { path: undefined, reasons };
}

/** A program already there, or the reason that it is not. */
export const existing = (how: string, path: () => string | undefined): Source => ({
  how,
  find() {
    const found = path();
    return found === undefined ? Promise.reject(new Error('not there')) : Promise.resolve(found);
  },
});

export interface Tool {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly onLine?: (line: string) => void;
}

/** Runs a foreign program to its end; it ends with the launcher. @throws SetupError with its last lines, or after `timeoutMs` */
export async function runTool(
  { run }: Pick<Supervisor, 'run'>,
  { command, args, timeoutMs, ...rest }: Tool,
): Promise<void> {
  await run({
    name: command.split('/').at(-1) ?? command,
    script: 'scripts/launcher/guard.ts',
    args: ['-', command, ...args],
    logFile: join(CACHE, 'log', 'set-up.log'),
    timeoutMs,
    ...rest,
  });
}
