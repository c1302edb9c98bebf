import { join } from 'node:path';
import type { Config } from '../../config/env.ts';
import { dataDirOf, logFileOf, saysReady, type Stage } from './embedded-set.ts';
import type { PortClaim } from './ports.ts';
import { botApiUrlOf } from './telegram-sandbox.ts';

/** Tokens of the program's own bots in the sandboxes; nobody else's bots have them. */
const SANDBOX_TELEGRAM_TOKEN = '7000000001:sandbox-bot-of-this-machine-alone_0';
const SANDBOX_MAX_TOKEN = 'sandbox-bot-of-this-machine-alone';

const hasChat = ({ embeddedTelegram, embeddedMax }: Config): boolean => embeddedTelegram || embeddedMax;
const maxUrlOf = ({ GIFTY_MAX_PORT: port }: Config): string => `http://127.0.0.1:${port}`;

/** The page on which one talks to the bots; null = there is no sandbox to talk in. */
export const chatUrlOf = (config: Config): string | null =>
  hasChat(config) ? `http://127.0.0.1:${config.GIFTY_CHAT_PORT}` : null;

/** The ports of the MAX sandbox and of the chat page. */
export const messengerClaims = (config: Config): readonly PortClaim[] => [
  ...(config.embeddedMax ? [{ what: 'Sandbox MAX', port: config.GIFTY_MAX_PORT, variable: 'GIFTY_MAX_PORT' }] : []),
  ...(hasChat(config) ? [{ what: 'Chat page', port: config.GIFTY_CHAT_PORT, variable: 'GIFTY_CHAT_PORT' }] : []),
];

/**
 * Brings the sandbox's MAX and the chat page up.
 * @returns what api and workers are told: MAX's address, and tokens of own bots where none are set
 */
export async function startMessengers({
  config,
  supervisor,
}: Pick<Stage, 'config' | 'supervisor'>): Promise<Readonly<Record<string, string>>> {
  const { embeddedTelegram, embeddedMax } = config;
  const service = (name: string, folder: string, args: readonly string[]) => ({
    name,
    script: `sandbox/${folder}/main.ts`,
    args,
    logFile: logFileOf(config, name),
    readyLine: saysReady,
  });
  const dataDir = join(dataDirOf(config), 'max');
  const pageArgs = [
    ...['--port', String(config.GIFTY_CHAT_PORT)],
    ...(embeddedTelegram ? ['--telegram', botApiUrlOf(config)] : []),
    ...(embeddedMax ? ['--max', maxUrlOf(config)] : []),
  ];
  await Promise.all([
    embeddedMax &&
      supervisor.start(service('max', 'max', ['--port', String(config.GIFTY_MAX_PORT), '--data-dir', dataDir])),
    hasChat(config) && supervisor.start(service('chat', 'chat', pageArgs)),
  ]);
  return {
    ...(embeddedTelegram && { GIFTY_TELEGRAM_BOT_TOKEN: config.GIFTY_TELEGRAM_BOT_TOKEN ?? SANDBOX_TELEGRAM_TOKEN }),
    ...(embeddedMax && {
      GIFTY_MAX_API: maxUrlOf(config),
      GIFTY_MAX_BOT_TOKEN: config.GIFTY_MAX_BOT_TOKEN ?? SANDBOX_MAX_TOKEN,
    }),
  };
}
