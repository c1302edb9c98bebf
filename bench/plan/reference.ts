import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MODULE = 'backend.tests.synth_bench_autobuy';

/** Seconds of each run of the reference program's own benchmark, in the folder of its repository. */
export async function timeReference(options: {
  readonly folder: string;
  readonly python: string;
  readonly iterations: number;
  readonly accounts: number;
  readonly gifts: number;
}): Promise<number[]> {
  const size = ['--accounts', String(options.accounts), '--gifts', String(options.gifts)];
  const { stdout } = await run(options.python, ['-m', MODULE, '--iterations', String(options.iterations), ...size], {
    cwd: options.folder,
    maxBuffer: 256 * 1024 * 1024,
  });
  const seconds = [...stdout.matchAll(/run \d+: ([\d.]+) s/g)].map(([, figure]) => Number(figure));
  if (seconds.length === 0) throw new Error(`the reference printed no figure: ${stdout.slice(0, 500)}`);
  return seconds;
}
