import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { firstExecutable, onPath, ROOT } from './paths.ts';
import { existing, runTool, type Source } from './provision.ts';
import type { Supervisor } from './supervisor.ts';

const INSTALL_MS = 10 * 60_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** Where playwright-core keeps a browser it downloaded, below its folder for that version. */
const PLAYWRIGHT_PROGRAMS = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
];

function fromPlaywright(): string | undefined {
  const folders = [join(homedir(), '.cache', 'ms-playwright'), join(homedir(), 'Library', 'Caches', 'ms-playwright')];
  const versions = folders.flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => name.startsWith('chromium-'))
        .map((name) => join(folder, name));
    } catch {
      return [];
    }
  });
  return firstExecutable(versions.flatMap((version) => PLAYWRIGHT_PROGRAMS.map((program) => join(version, program))));
}

const installed = (): string | undefined => onPath(...NAMES) ?? firstExecutable(APPLICATIONS) ?? fromPlaywright();

function mustBeThere(): string {
  const found = installed();
  if (found === undefined) throw new Error('it was installed, but is not where it is looked for');
  return found;
}

async function fromApt(supervisor: Pick<Supervisor, 'run'>): Promise<string> {
  const apt = onPath('apt-get');
  if (apt === undefined || process.getuid?.() !== 0) throw new Error('needs apt-get and root');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  const run = (args: readonly string[]) => runTool(supervisor, { command: apt, args, env, timeoutMs: INSTALL_MS });
  // The package lists may be stale, or never have been fetched.
  await run(install).catch(async () => {
    await run(['update', '-qq']);
    await run(install);
  });
  return mustBeThere();
}

async function download(supervisor: Pick<Supervisor, 'run'>): Promise<string> {
  const cli = join(ROOT, 'node_modules', 'playwright-core', 'cli.js');
  const args = [cli, 'install', 'chromium'];
  await runTool(supervisor, { command: process.execPath, args, timeoutMs: INSTALL_MS });
  return mustBeThere();
}

/** The ways to a Chromium for the tests of the page. */
export const chromiumSources = (supervisor: Pick<Supervisor, 'run'>): readonly Source[] => [
  existing('CHROMIUM_PATH', () => firstExecutable([process.env['CHROMIUM_PATH'] ?? ''])),
  existing('this machine', installed),
  {
    how: 'apt-get install chromium',
    find(progress) {
      progress('installing chromium');
      return fromApt(supervisor);
    },
  },
  {
    how: "playwright's download",
    find(progress) {
      progress('downloading chromium');
      return download(supervisor);
    },
  },
];
