import { join, resolve } from 'node:path';
import type { Config } from '../../config/env.ts';
import { readLogLine } from './log-line.ts';
import { ROOT } from './paths.ts';
import type { Supervisor } from './supervisor.ts';
import { provisionTemporalCli, temporalCliSources } from './temporal-cli.ts';
import { temporalService } from './temporal-server.ts';
import type { Progress, Terminal } from './terminal.ts';

/** Everything that a step of the start needs. */
export interface Stage {
  readonly config: Config;
  readonly supervisor: Supervisor;
  readonly terminal: Terminal;
}

export const dataDirOf = ({ GIFTY_DATA_DIR }: Config): string => resolve(ROOT, GIFTY_DATA_DIR);
export const logFileOf = (config: Config, name: string): string => join(dataDirOf(config), 'log', `${name}.log`);
export const apiUrlOf = ({ GIFTY_API_HOST: host, GIFTY_API_PORT: port }: Config): string =>
  `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;

/** Every process of ours says so in its log when it is ready. */
export const saysReady = (line: string): boolean => /\bready\b/i.test(readLogLine(line).message);

async function runScript({ config, supervisor }: Stage, name: string, progress: Progress): Promise<void> {
  await supervisor.run({
    name,
    script: `scripts/${name}.ts`,
    logFile: logFileOf(config, name),
    onLine: (line) => {
      progress(readLogLine(line).message);
    },
  });
}

/** Brings Temporal up, or waits for the one that TEMPORAL_ADDRESS names; then our search attributes are registered. */
export async function startTemporal(stage: Stage, progress: Progress): Promise<string> {
  const { config, supervisor } = stage;
  let origin = 'TEMPORAL_ADDRESS';
  if (config.embeddedTemporal) {
    const { path, how } = await provisionTemporalCli(temporalCliSources(supervisor), progress);
    origin = how === 'go install' ? 'built with Go' : how;
    progress('starting');
    const options = {
      cli: path,
      dataDir: dataDirOf(config),
      port: config.GIFTY_TEMPORAL_PORT,
      uiPort: config.GIFTY_TEMPORAL_UI_PORT,
      apiUrl: apiUrlOf(config),
      namespace: config.TEMPORAL_NAMESPACE,
    };
    await supervisor.start(temporalService(options));
  }
  await runScript(stage, 'prepare-temporal', progress);
  return `${config.TEMPORAL_ADDRESS} (${origin})`;
}

/** Brings the database up, or waits for the one that DATABASE_URL names; then its schema is brought up to date. */
export async function startDatabase(stage: Stage, progress: Progress): Promise<string> {
  const { config, supervisor } = stage;
  if (config.embeddedDatabase) {
    progress('starting');
    const dataDir = join(dataDirOf(config), 'postgres');
    await supervisor.start({
      name: 'postgres',
      script: 'scripts/embedded-postgres.ts',
      args: ['--port', String(config.GIFTY_POSTGRES_PORT), '--data-dir', dataDir],
      logFile: logFileOf(config, 'postgres'),
      readyLine: saysReady,
    });
  }
  await runScript(stage, 'migrate', progress);
  const { hostname, port } = new URL(config.DATABASE_URL);
  return `${hostname}:${port === '' ? '5432' : port} (${config.embeddedDatabase ? 'embedded' : 'DATABASE_URL'})`;
}
