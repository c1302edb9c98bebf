import { explain } from './errors.ts';
import type { Supervisor } from './supervisor.ts';

/** A terminal, npm and run.mjs may each pass on one Ctrl-C; only a later one means «now». */
const SECOND_CTRL_C_MS = 1500;

export interface Ending {
  /** Says what is being ended, once. */
  readonly onStop?: () => void;
  readonly say: (text: string) => void;
  /** Exit code after a signal; absent = 128 + its number. */
  readonly signalCode?: number;
}

/**
 * Runs a command's main part, with all its children ended before this process ends: after a signal, an error or success.
 * @param main gives the exit code, or undefined to go on until a signal
 */
export async function runToTheEnd(
  supervisor: Supervisor,
  { onStop, say, signalCode }: Ending,
  main: () => Promise<number | undefined>,
): Promise<never> {
  let signalledAtMs: number | undefined;
  const signalled = new Promise<number>((resolve) => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.on(signal, () => {
        if (signalledAtMs !== undefined && Date.now() - signalledAtMs > SECOND_CTRL_C_MS) process.exit(code);
        if (signalledAtMs === undefined) onStop?.();
        signalledAtMs ??= Date.now();
        resolve(signalCode ?? code);
      });
    }
  });
  const finished = main().then(
    (code) => code ?? signalled,
    (err: unknown) => {
      // What fails while everything is being ended is no news.
      if (signalledAtMs === undefined) say(`\n${explain(err)}`);
      return 1;
    },
  );
  const code = await Promise.race([finished, signalled]);
  await supervisor.stop();
  process.exit(code);
}
