import type { Writable } from 'node:stream';
import { StoppedError } from './errors.ts';

const FRAME_MS = 200;
/** Without a terminal, the same step reports at most this often. */
const PLAIN_EVERY_MS = 10_000;
const PLAIN_FIRST_MS = 4000;

/** What is going on inside a step, in a few words; replaces what was said before. */
export type Progress = (text: string) => void;

export interface Terminal {
  /** Runs one named step: shows its progress while it runs, then how long it took and what it says of its result. */
  readonly step: <T>(name: string, run: (progress: Progress) => Promise<T>, says?: (result: T) => string) => Promise<T>;
  /** One line of its own. */
  readonly say: (text: string) => void;
}

interface Running {
  readonly startedAtMs: number;
  text: string;
  saidAtMs: number;
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Lines on `out`; on a real terminal a status line at the bottom shows all running steps. */
export function createTerminal(out: Writable & { readonly isTTY?: boolean; readonly columns?: number }): Terminal {
  const running = new Map<string, Running>();
  const live = out.isTTY === true;
  let timer: NodeJS.Timeout | undefined;

  const clear = (): void => {
    if (live) out.write('\r\x1b[2K');
  };
  const line = (text: string): void => {
    clear();
    out.write(`${text}\n`);
  };
  const draw = (): void => {
    const parts = [...running].map(([name, { text, startedAtMs }]) => {
      return `${name}${text === '' ? '' : `: ${text}`} ${Math.round((Date.now() - startedAtMs) / 1000)} s`;
    });
    clear();
    out.write(`  … ${parts.join(' · ')}`.slice(0, (out.columns ?? 100) - 1));
  };
  const sayDue = (): void => {
    for (const [name, state] of running) {
      if (state.text === '' || Date.now() - state.saidAtMs < PLAIN_EVERY_MS) continue;
      state.saidAtMs = Date.now();
      line(`  … ${name}: ${state.text} (${seconds(Date.now() - state.startedAtMs)})`);
    }
  };
  const finish = (name: string): number => {
    const startedAtMs = running.get(name)?.startedAtMs ?? Date.now();
    running.delete(name);
    if (running.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    return Date.now() - startedAtMs;
  };

  return {
    say: line,
    async step(name, run, says = () => '') {
      // The first report of a long step is shown soon, the later ones every PLAIN_EVERY_MS.
      const state = { startedAtMs: Date.now(), text: '', saidAtMs: Date.now() - PLAIN_EVERY_MS + PLAIN_FIRST_MS };
      running.set(name, state);
      timer ??= setInterval(live ? draw : sayDue, FRAME_MS).unref();
      try {
        const result = await run((text) => {
          state.text = text;
        });
        line(`  ✓ ${name.padEnd(10)} ${seconds(finish(name)).padStart(7)}  ${says(result)}`.trimEnd());
        return result;
      } catch (err) {
        const tookMs = finish(name);
        if (!(err instanceof StoppedError)) line(`  ✗ ${name.padEnd(10)} ${seconds(tookMs).padStart(7)}`);
        throw err;
      }
    },
  };
}
