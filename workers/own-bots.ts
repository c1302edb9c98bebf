import type { OwnBot } from '../activities/stargifts/sending.ts';
import type { Messenger, MessengerIngress } from '../activities/ports/messenger.ts';
import type { Config } from '../config/env.ts';
import type { MessengerName } from '../domain/shared/messenger-name.ts';
import { createMaxBots } from '../providers/max/bots.ts';
import { createTelegramBots } from '../providers/telegram-bot/bots.ts';

export type OwnBotVariables = Pick<
  Config,
  'GIFTY_TELEGRAM_BOT_API' | 'GIFTY_TELEGRAM_BOT_TOKEN' | 'GIFTY_MAX_API' | 'GIFTY_MAX_BOT_TOKEN'
>;

export interface OwnMessenger extends OwnBot {
  readonly bot: Messenger & MessengerIngress;
}

/** The program's own bots, by messenger; null = no token is set. */
export type OwnBots = Readonly<Record<MessengerName, OwnMessenger | null>>;

/** The part of a Telegram token that is no secret; MAX's is a secret as a whole. */
const idIn = (token: string): string => /^\d{1,18}(?=:)/.exec(token)?.[0] ?? '0';

/** Opens the program's own bots; nothing is asked yet. */
export function openOwnBots(config: OwnBotVariables): OwnBots {
  const { GIFTY_TELEGRAM_BOT_TOKEN: telegram, GIFTY_MAX_BOT_TOKEN: max } = config;
  const overTelegram = createTelegramBots({ apiRoot: config.GIFTY_TELEGRAM_BOT_API });
  const overMax = createMaxBots({ baseUrl: config.GIFTY_MAX_API });
  return {
    telegram: telegram === undefined ? null : { bot: overTelegram.open(telegram), botId: idIn(telegram) },
    max: max === undefined ? null : { bot: overMax.open(max), botId: '0' },
  };
}
