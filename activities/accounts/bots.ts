import type { SqlEntityManager } from '@mikro-orm/sql';
import type { BotCheck, CheckBotInput } from '../../contracts/accounts.ts';
import { acceptBot, openNewBotToken, readSettings, refuseBot } from '../../db/repositories/user-settings.ts';
import type { SecretBox } from '../../db/secrets.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { TelegramBots } from '../ports/telegram-bot.ts';

interface BotDeps {
  readonly em: () => SqlEntityManager;
  readonly secrets: SecretBox;
  readonly bots: TelegramBots;
  /** Has the user's outbox sent: messages may wait for a bot that works. */
  readonly wakeOutbox: (userId: string) => Promise<void>;
}

/** Activities around a user's own bot. */
export function createBotActivities({ em, secrets, bots, wakeOutbox }: BotDeps) {
  return {
    /** Asks whose the new token is, and makes it the user's bot. Safe to repeat. @throws DomainError bot-token-invalid */
    async checkBot({ userId }: CheckBotInput): Promise<BotCheck> {
      const vault = { em: em(), secrets };
      const token = await openNewBotToken(vault, userId);
      if (token === null) return await checkedBefore();
      try {
        const { username } = await bots.open(token).me();
        await acceptBot(vault, userId, { token, username });
        await wakeOutbox(userId);
        return { username };
      } catch (err) {
        if (err instanceof DomainError && err.code === 'bot-token-invalid') await refuseBot(vault.em, userId);
        throw err;
      }

      async function checkedBefore(): Promise<BotCheck> {
        const { botUsername } = await readSettings(vault.em, userId);
        if (botUsername === null) throw new DomainError('bot-token-invalid', 'there is no token to check');
        await wakeOutbox(userId); // the attempt before may have died in between
        return { username: botUsername };
      }
    },
  };
}
export type BotActivities = ReturnType<typeof createBotActivities>;
