// npm start: brings everything up, crawls the sample shop, says where to look; Ctrl-C ends all of it.
import { join } from 'node:path';
import { loadConfig, type Config } from '../config/env.ts';
import { shopSources } from '../sandbox/shop/sources.ts';
import { Demo } from './launcher/demo.ts';
import { checkPorts } from './launcher/embedded-ports.ts';
import { runToTheEnd } from './launcher/ending.ts';
import {
  apiUrlOf,
  dataDirOf,
  logFileOf,
  saysReady,
  startDatabase,
  startTemporal,
  type Stage,
} from './launcher/embedded-set.ts';
import { explain, SetupError } from './launcher/errors.ts';
import { takeLock } from './launcher/lock-file.ts';
import { chatUrlOf, startMessengers } from './launcher/messenger-sandbox.ts';
import { playStory, type StoryResult } from './launcher/stargifts/story.ts';
import { summary } from './launcher/summary.ts';
import { createSupervisor } from './launcher/supervisor.ts';
import { startTelegram } from './launcher/telegram-sandbox.ts';
import { createTerminal } from './launcher/terminal.ts';
import { WORKER_ENV } from './launcher/worker-env.mjs';

const shopUrlOf = ({ GIFTY_SHOP_PORT }: Config): string => `http://127.0.0.1:${GIFTY_SHOP_PORT}`;

/** What all processes of this start share on top of their own environment. */
function sharedEnv(config: Config): Record<string, string> {
  return {
    DATABASE_URL: config.DATABASE_URL,
    TEMPORAL_ADDRESS: config.TEMPORAL_ADDRESS,
    // The sample shop lives on loopback, which the crawler's guard would refuse.
    GIFTY_FETCH_ALLOW: [...config.GIFTY_FETCH_ALLOW, `127.0.0.1:${config.GIFTY_SHOP_PORT}`].join(','),
  };
}

async function startProcesses(
  { config, supervisor, terminal }: Stage,
  sandboxes: Readonly<Record<string, string>>,
): Promise<void> {
  const env = { ...sharedEnv(config), ...sandboxes };
  const service =
    (name: string, script: string, more: { readonly args?: readonly string[]; readonly env?: object } = {}) =>
    () =>
      supervisor.start({
        name,
        script,
        args: more.args ?? [],
        env: { ...env, ...more.env },
        logFile: logFileOf(config, name),
        readyLine: saysReady,
      });
  const shopUrl = shopUrlOf(config);
  await Promise.all([
    terminal.step(
      'shop',
      service('shop', 'sandbox/shop/main.ts', { args: ['--port', String(config.GIFTY_SHOP_PORT)] }),
      () => shopUrl,
    ),
    terminal.step('workers', service('workers', 'workers/main.ts', { env: WORKER_ENV }), () => 'all task queues'),
    terminal.step('api', service('api', 'api/main.ts'), () => apiUrlOf(config)),
  ]);
}

/** A story that fails is said; the program is up all the same. */
async function tellStory({ config, terminal }: Stage): Promise<StoryResult | null> {
  if (!config.embeddedTelegram) return null;
  try {
    return await terminal.step(
      'star gifts',
      (progress) => playStory(config, progress),
      ({ text }) => text,
    );
  } catch (err) {
    if (isEnding.aborted) throw err;
    terminal.say(`  ! ${explain(err)}`);
    return null;
  }
}

/** Both servers may be down: whoever puts that right wants to hear of both. */
async function allOrEveryProblem(steps: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(steps);
  const problems = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [explain(outcome.reason)] : []));
  if (problems.length > 0) throw new SetupError(problems.join('\n'));
}

const terminal = createTerminal(process.stdout);
const supervisor = createSupervisor(terminal.say);
const endingStarts = new AbortController();
const isEnding = endingStarts.signal;

async function main(): Promise<undefined> {
  const startedAtMs = Date.now();
  const config = loadConfig();
  const stage = { config, supervisor, terminal };
  for (const warning of config.warnings) terminal.say(`  ! ${warning}`);
  const holder = takeLock(join(dataDirOf(config), 'start.pid'), 'scripts/start.ts');
  if (holder !== undefined) {
    throw new SetupError(
      `gifty runs here already (process ${holder}): ${apiUrlOf(config)}/\nEnd that one first. A second one beside it needs its own GIFTY_DATA_DIR and ports.`,
    );
  }
  await checkPorts(config);
  const telegram = config.embeddedTelegram
    ? terminal.step(
        'telegram',
        () => startTelegram(stage),
        (env) => `${env['GIFTY_TELEGRAM_DC'] ?? ''} (sandbox)`,
      )
    : Promise.resolve({});
  const chatUrl = chatUrlOf(config);
  const messengers =
    chatUrl === null
      ? Promise.resolve({})
      : terminal.step(
          'chat page',
          () => startMessengers(stage),
          () => chatUrl,
        );
  await allOrEveryProblem([
    telegram,
    messengers,
    terminal.step('temporal', (progress) => startTemporal(stage, progress), String),
    terminal.step('database', (progress) => startDatabase(stage, progress), String),
  ]);
  await startProcesses(stage, { ...(await telegram), ...(await messengers) });
  const sources = shopSources(shopUrlOf(config));
  const demo = new Demo({ apiUrl: apiUrlOf(config), sources, operatorToken: config.GIFTY_OPERATOR_TOKEN });
  const result = await terminal.step(
    'crawl',
    (progress) => demo.run(progress),
    ({ text }) => text,
  );
  const story = await tellStory(stage);
  terminal.say(
    summary({ config, shopUrl: shopUrlOf(config), crawl: result, story, elapsedMs: Date.now() - startedAtMs }),
  );
  return undefined;
}

const ending = {
  say: terminal.say,
  // Ctrl-C is how this command ends; nothing went wrong.
  signalCode: 0,
  onStop: () => {
    endingStarts.abort();
    terminal.say('\nEnding everything …');
  },
};
await runToTheEnd(supervisor, ending, main);
