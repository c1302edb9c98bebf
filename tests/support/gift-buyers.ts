import type { SqlEntityManager } from '@mikro-orm/sql';
import { randomUUID } from 'node:crypto';
import { sealedAs } from '../../db/vault.ts';
import { saveAccount, secrets, type TelegramStage } from './telegram.ts';
import { BOT_TOKEN } from './outbox.ts';

/** An account of a test's user. */
export interface Buyer {
  readonly accountId: string;
  readonly telegramId: string;
  /** Stars that it began with. */
  readonly stars: number;
}

export interface Buyers {
  readonly userId: string;
  readonly accounts: readonly Buyer[];
  /** The one channel of the user, which takes every gift. */
  readonly target: string;
}

/** A user with the switch on, a bot, accounts with these balances, all members of one channel. */
export async function saveBuyers(
  em: SqlEntityManager,
  telegram: TelegramStage,
  balances: readonly number[],
): Promise<Buyers> {
  const userId = randomUUID();
  const people = await Promise.all(balances.map(async (balance) => await telegram.person({ balance })));
  const accounts: Buyer[] = [];
  for (const [at, person] of people.entries()) {
    const { accountId } = await saveAccount(em, person, userId);
    const stars = balances[at] ?? 0;
    await em.execute('update telegram_account set stars = ? where id = ?', [stars, accountId]);
    accounts.push({ accountId, telegramId: person.telegramId, stars });
  }
  const username = `gifts_${userId.slice(0, 8)}`;
  const members = accounts.map(({ telegramId }) => telegramId);
  const { id } = await telegram.dc.control.addChannel({ title: 'Подарки', username, members });
  const target = id.startsWith('-100') ? id : `-100${id}`;
  await em.execute(`insert into channel_rule (user_id, channel_id, username, title) values (?, ?, ?, 'Подарки')`, [
    ...[userId, target, username],
  ]);
  await em.execute(
    `insert into user_settings (user_id, bot_token, autobuy_on, autobuy_on_since, buy_without_cap)
     values (?, ?, true, now(), true) on conflict (user_id) do update set bot_token = excluded.bot_token,
       autobuy_on = true, autobuy_on_since = now(), buy_without_cap = true`,
    [userId, secrets.seal(BOT_TOKEN, sealedAs.botToken(userId))],
  );
  return { userId, accounts, target };
}
