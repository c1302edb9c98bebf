import { join } from 'node:path';
import type { Config } from '../../config/env.ts';
import { dataDirOf, logFileOf, saysReady, type Stage } from './embedded-set.ts';
import type { PortClaim } from './ports.ts';

type Ports = Pick<Config, 'GIFTY_TELEGRAM_DC_PORT' | 'GIFTY_TELEGRAM_CONTROL_PORT' | 'GIFTY_BOT_API_PORT'>;

/** The sandbox's ports. */
export const telegramClaims = (config: Ports): readonly PortClaim[] => [
  { what: 'Sandbox datacentre', port: config.GIFTY_TELEGRAM_DC_PORT, variable: 'GIFTY_TELEGRAM_DC_PORT' },
  { what: 'Its control API', port: config.GIFTY_TELEGRAM_CONTROL_PORT, variable: 'GIFTY_TELEGRAM_CONTROL_PORT' },
  { what: 'Sandbox Bot API', port: config.GIFTY_BOT_API_PORT, variable: 'GIFTY_BOT_API_PORT' },
];

export const controlUrlOf = ({ GIFTY_TELEGRAM_CONTROL_PORT: port }: Ports): string => `http://127.0.0.1:${port}`;
export const botApiUrlOf = ({ GIFTY_BOT_API_PORT: port }: Ports): string => `http://127.0.0.1:${port}`;

/** Brings the sandbox's datacentre and Bot API up. @returns the addresses by which api and workers reach it: all that differs from production */
export async function startTelegram({
  config,
  supervisor,
}: Pick<Stage, 'config' | 'supervisor'>): Promise<Readonly<Record<string, string>>> {
  const service = (name: string, folder: string, args: readonly string[]) => ({
    name,
    script: `sandbox/${folder}/main.ts`,
    args: [...args, '--data-dir', join(dataDirOf(config), name)],
    logFile: logFileOf(config, name),
    readyLine: saysReady,
  });
  const {
    GIFTY_TELEGRAM_DC_PORT: dcPort,
    GIFTY_TELEGRAM_CONTROL_PORT: controlPort,
    GIFTY_BOT_API_PORT: botPort,
  } = config;
  await Promise.all([
    supervisor.start(
      service('telegram-dc', 'telegram-dc', ['--port', String(dcPort), '--control-port', String(controlPort)]),
    ),
    supervisor.start(service('telegram-bot', 'telegram-bot', ['--port', String(botPort)])),
  ]);
  const key = await fetch(new URL('/public-key', controlUrlOf(config)));
  return {
    GIFTY_TELEGRAM_DC: `127.0.0.1:${dcPort}`,
    GIFTY_TELEGRAM_DC_KEY: await key.text(),
    GIFTY_TELEGRAM_BOT_API: botApiUrlOf(config),
  };
}
