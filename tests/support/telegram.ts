import { randomUUID } from 'node:crypto';
import { writeStringSession } from '@mtcute/core/utils.js';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AccountKeys } from '../../activities/ports/telegram-account.ts';
import { createSecretBox, type SecretBox } from '../../db/secrets.ts';
import { createTelegramAccounts } from '../../providers/telegram-account/telegram-accounts.ts';
import { startTelegramDc, type RunningTelegramDc } from '../../sandbox/telegram-dc/server.ts';
import { testKeys } from './temporal.ts';

export const apiKeys = { apiId: 12_345, apiHash: 'f00dfacef00dfacef00dfacef00dface' };
export const secrets: SecretBox = createSecretBox(testKeys);

export interface TelegramStage {
  readonly dc: RunningTelegramDc;
  readonly accounts: ReturnType<typeof createTelegramAccounts>;
  /** A new person with an account that is signed in. */
  person(fields?: {
    readonly phone?: string;
    readonly balance?: number;
    readonly isPremium?: boolean;
  }): Promise<Person>;
}

export interface Person {
  readonly telegramId: string;
  readonly phone: string;
  readonly keys: AccountKeys;
}

/** A datacentre of its own, and the provider that reaches it. */
export async function startTelegram(): Promise<TelegramStage> {
  const dc = await startTelegramDc();
  let next = 79_990_000_000;
  return {
    dc,
    accounts: createTelegramAccounts({ dc: { host: '127.0.0.1', port: dc.port, publicKey: dc.publicKey } }),
    async person({ phone = String((next += 1)), ...fields } = {}) {
      const { id } = await dc.control.addUser({ phone, firstName: `Person ${phone.slice(-2)}`, ...fields });
      return { telegramId: id, phone, keys: { ...apiKeys, session: await sessionOf(dc, phone) } };
    },
  };
}

/** A session string that is signed in as this account. */
export async function sessionOf(dc: RunningTelegramDc, account: string): Promise<string> {
  const { authKey, userId } = await dc.control.addAuthKey({ account });
  const address = { id: 2, ipAddress: '127.0.0.1', port: dc.port };
  return writeStringSession({
    version: 3,
    primaryDcs: { main: address, media: address },
    self: { userId: Number(userId), isBot: false, isPremium: false, usernames: [] },
    authKey: Buffer.from(authKey, 'hex'),
  });
}

export interface SavedAccount {
  readonly userId: string;
  readonly profileId: string;
  readonly accountId: string;
}

/** A user with an API profile and the account of this person, as a login leaves them. */
export async function saveAccount(
  em: SqlEntityManager,
  { telegramId, keys }: Person,
  userId: string = randomUUID(),
): Promise<SavedAccount> {
  const profileId = await saveUser(em, userId);
  const accountId = randomUUID();
  await em.execute(
    `insert into telegram_account (id, user_id, api_profile_id, telegram_id, session, name, state)
     values (?, ?, ?, ?, ?, 'Anna', 'ok')`,
    [accountId, userId, profileId, telegramId, secrets.seal(keys.session, `telegram_account.session:${accountId}`)],
  );
  return { userId, profileId, accountId };
}

/** The user, if there is none, and its API profile; returns the profile's id. */
export async function saveUser(em: SqlEntityManager, userId: string): Promise<string> {
  await em.execute(
    `insert into app_user (id, name, name_key, password_hash, role) values (?, ?, ?, '', 'user') on conflict do nothing`,
    [userId, userId, userId],
  );
  const [known] = await em.execute<{ id: string }[]>('select id from api_profile where user_id = ?', [userId]);
  if (known !== undefined) return known.id;
  const id = randomUUID();
  await em.execute(`insert into api_profile (id, user_id, api_id, api_hash, name) values (?, ?, ?, ?, 'app')`, [
    ...[id, userId, apiKeys.apiId, secrets.seal(apiKeys.apiHash, `api_profile.api_hash:${id}`)],
  ]);
  return id;
}
