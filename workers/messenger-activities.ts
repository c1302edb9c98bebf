import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import { createPollingActivities } from '../activities/agenda/polling.ts';
import type { TelegramBots } from '../activities/ports/telegram-bot.ts';
import { createSendingActivities } from '../activities/stargifts/sending.ts';
import { readMaxUpdate } from '../bot/max/read-update.ts';
import { readTelegramUpdate } from '../bot/telegram/read-update.ts';
import { wakeTalks } from '../client/ingress.ts';
import { openBotToken } from '../db/repositories/user-settings.ts';
import type { SecretBox } from '../db/secrets.ts';
import type { OwnBots } from './own-bots.ts';

export interface MessengerParts {
  readonly orm: MikroORM;
  readonly client: Client;
  readonly secrets: SecretBox;
  /** Users' own. */
  readonly bots: TelegramBots;
  readonly own: OwnBots;
}

/** What is told over messengers, and what people do there. */
export function createMessengerActivities({ orm, client, secrets, bots, own }: MessengerParts) {
  const em = () => orm.em.fork();
  return {
    ...createSendingActivities({
      ...{ orm, bots, own },
      botTokenOf: async (userId) => await openBotToken({ em: em(), secrets }, userId),
    }),
    ...createPollingActivities({
      em,
      sources: {
        telegram: own.telegram && { ingress: own.telegram.bot, read: readTelegramUpdate },
        max: own.max && { ingress: own.max.bot, read: readMaxUpdate },
      },
      wakeTalks: wakeTalks.bind(null, client),
    }),
  };
}
