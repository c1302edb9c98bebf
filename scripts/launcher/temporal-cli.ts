import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './errors.ts';
import { CACHE, firstExecutable, onPath } from './paths.ts';
import { existing, firstThatWorks, runTool, type Found, type Source, type Tool } from './provision.ts';
import type { Supervisor } from './supervisor.ts';
import type { Progress } from './terminal.ts';

/** The newest tag that `go install` accepts: later ones have a replace directive in go.mod. */
const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
/** Packages that this build compiles, measured; only for showing how far it is. */
const GO_PACKAGE_COUNT = 1300;
const DOWNLOAD_MS = 180_000;
const GO_INSTALL_MS = 30 * 60_000;

const CACHED = join(CACHE, 'temporal');

function works(file: string): boolean {
  const { stdout, status } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 && stdout.startsWith('temporal version');
}

/** Has the SDK fetch one of its servers, and keeps the file as `target`. @throws when there is no network, within minutes */
export async function sdkDownload(
  supervisor: Pick<Supervisor, 'run'>,
  kind: 'dev-server' | 'time-skipping',
  target: string,
): Promise<string> {
  const folder = join(CACHE, `download-${kind}`);
  mkdirSync(folder, { recursive: true });
  try {
    await supervisor.run({
      name: 'download',
      script: 'scripts/launcher/sdk-download.ts',
      args: [kind, folder],
      logFile: join(CACHE, 'log', 'set-up.log'),
      timeoutMs: DOWNLOAD_MS,
    });
    const file = firstExecutable(readdirSync(folder).map((name) => join(folder, name)));
    if (file === undefined) throw new Error('the download has no program in it');
    renameSync(file, target);
    return target;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Says what `go install -v` is doing from what it prints. */
function goProgress(progress: Progress): (line: string) => void {
  let built = 0;
  let fetched = 0;
  return (line) => {
    if (line.startsWith('go: downloading')) progress(`building it with Go: ${++fetched} modules downloaded`);
    else if (!line.startsWith('go:'))
      progress(`building it with Go (once): ${++built} of about ${GO_PACKAGE_COUNT} packages`);
  };
}

async function goInstall(supervisor: Pick<Supervisor, 'run'>, progress: Progress): Promise<string> {
  const go = onPath('go') ?? firstExecutable(['/usr/local/go/bin/go', '/opt/homebrew/bin/go']);
  if (go === undefined) throw new Error('Go is not installed');
  progress('building it with Go (once, some minutes)');
  const bin = join(CACHE, 'go-bin');
  const tool: Tool = {
    command: go,
    // Default flags but for the last step, so that what Go has compiled before is used again.
    args: ['install', '-v', '-ldflags=-s -w', GO_PACKAGE],
    env: { GOBIN: bin },
    timeoutMs: GO_INSTALL_MS,
    onLine: goProgress(progress),
  };
  try {
    await runTool(supervisor, tool);
  } catch (err) {
    // An older Go that was told to stay local refuses; a newer toolchain may be fetched instead.
    if (!(err instanceof Error) || !err.message.includes('requires go')) throw err;
    await runTool(supervisor, { ...tool, env: { ...tool.env, GOTOOLCHAIN: 'auto' } });
  }
  renameSync(join(bin, 'temporal'), CACHED);
  rmSync(bin, { recursive: true, force: true });
  return CACHED;
}

/** The ways to a Temporal server program, in the order of docs: what is there, the SDK's download, a build with Go. */
export const temporalCliSources = (supervisor: Pick<Supervisor, 'run'>): readonly Source[] => [
  existing('temporal on the PATH', () => [onPath('temporal')].find((file) => file !== undefined && works(file))),
  existing(CACHED, () => [firstExecutable([CACHED])].find((file) => file !== undefined && works(file))),
  {
    how: 'download by the Temporal SDK',
    find(progress) {
      progress('downloading the Temporal server');
      return sdkDownload(supervisor, 'dev-server', CACHED);
    },
  },
  { how: 'go install', find: (progress) => goInstall(supervisor, progress) },
];

/** @throws SetupError saying each way that was tried and what to do */
export async function provisionTemporalCli(sources: readonly Source[], progress: Progress): Promise<Found> {
  const result = await firstThatWorks(sources, progress);
  if (result.path !== undefined) return result;
  throw new SetupError(
    [
      'There is no Temporal server here, and none could be fetched or built:',
      ...result.reasons.map((reason) => `  - ${reason}`),
      'Do one of these, then try again:',
      '  - install the Temporal CLI so that `temporal` is on the PATH (https://docs.temporal.io/cli)',
      '  - let this machine reach temporal.download, or install Go 1.24+ (https://go.dev/dl)',
      '  - use a Temporal server that runs elsewhere: TEMPORAL_ADDRESS=host:7233 npm start',
    ].join('\n'),
  );
}
