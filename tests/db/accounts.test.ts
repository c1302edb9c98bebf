import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addApiProfile } from '../../db/repositories/api-profiles.ts';
import { resealSecrets } from '../../db/repositories/reseal.ts';
import { purgeSignIns } from '../../db/repositories/sign-in-attempts.ts';
import { addTelegramLogin } from '../../db/repositories/telegram-logins.ts';
import { addUser } from '../../db/repositories/users.ts';
import { createSecretBox } from '../../db/secrets.ts';
import { sealedAs } from '../../db/vault.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';

const secrets = createSecretBox({ current: 'a', keys: { a: new Uint8Array(32).fill(1) } });
let database: TestDatabase;
beforeAll(async () => {
  database = await startDatabase();
});
beforeEach(async () => {
  await em().execute('delete from app_user');
});
afterAll(async () => {
  await database.stop();
});
const em = () => database.orm.em.fork();

async function newUser(name: string): Promise<{ readonly userId: string; readonly apiProfileId: string }> {
  const settings = { language: 'ru', zone: 'UTC' } as const;
  const user = await addUser(em(), { name, passwordHash: 'x', ...settings, ip: '::1' });
  const userId = user?.id ?? '';
  const apiProfileId = randomUUID();
  const profile = { id: apiProfileId, apiId: 1, apiHash: 'x', name: 'x' };
  await addApiProfile({ em: em(), secrets }, { userId, ip: null }, profile);
  return { userId, apiProfileId };
}

const addAccount = async (owner: Awaited<ReturnType<typeof newUser>>, telegramId: string, session: string | null) => {
  await em().execute(
    `insert into telegram_account (user_id, api_profile_id, telegram_id, session, name) values (?, ?, ?, ?, 'x')`,
    [owner.userId, owner.apiProfileId, telegramId, session],
  );
};

test('a user takes everything that is his along, but the audit log', async () => {
  const owner = await newUser('anna');
  await addAccount(owner, '9223372036854775807', 'sealed');
  const login = {
    id: randomUUID(),
    apiProfileId: owner.apiProfileId,
    accountId: null,
    brings: { phone: '79005550199' },
  };
  await addTelegramLogin({ em: em(), secrets }, { userId: owner.userId, ip: null }, login);
  await em().execute('delete from app_user where id = ?', [owner.userId]);
  for (const table of ['api_profile', 'telegram_account', 'telegram_login', 'user_settings', 'session'])
    expect(await em().execute(`select * from ${table}`)).toEqual([]);
  const entries = await em().execute<{ user_id: string | null }[]>('select user_id from audit_entry');
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.every(({ user_id: userId }) => userId === null)).toBe(true);
});

test('an account is signed in with one user at a time', async () => {
  const [anna, boris] = [await newUser('anna'), await newUser('boris')];
  await addAccount(anna, '777', 'sealed');
  await expect(addAccount(boris, '777', 'sealed')).rejects.toThrow(/telegram_account_live_unique/);
  await addAccount(boris, '777', null);
  await em().execute('update telegram_account set session = null');
  await em().execute('update telegram_account set session = ? where user_id = ?', ['sealed', boris.userId]);
});

test('a profile that an account uses cannot go, whoever deletes it', async () => {
  const anna = await newUser('anna');
  await addAccount(anna, '777', null);
  await expect(em().execute('delete from api_profile')).rejects.toThrow(/foreign key/);
});

test('a channel rule whose bounds are crossed or negative is refused by the database, too', async () => {
  const { userId } = await newUser('anna');
  const add = async (min: number, max: number) =>
    await em().execute(
      `insert into channel_rule (user_id, channel_id, title, price_min, price_max) values (?, -1001, 'x', ?, ?)`,
      [...[userId, min, max]],
    );
  await expect(add(5, 4)).rejects.toThrow(/channel_rule_ranges/);
  await expect(add(-1, 4)).rejects.toThrow(/channel_rule_ranges/);
  await add(4, 4);
});

test('after a rotation every lasting secret is sealed anew, and opens without the old key', async () => {
  const anna = await newUser('anna');
  await addAccount(anna, '777', null);
  const [account] = await em().execute<{ id: string }[]>('select id from telegram_account');
  const id = account?.id ?? '';
  await em().execute('update telegram_account set session = ? where id = ?', [
    secrets.seal('s', sealedAs.session(id)),
    id,
  ]);
  const fresh = { current: 'b', keys: { b: new Uint8Array(32).fill(2) } };
  const both = createSecretBox({ current: 'b', keys: { ...fresh.keys, a: new Uint8Array(32).fill(1) } });
  expect(await resealSecrets({ em: em(), secrets: both })).toBe(2);
  expect(await resealSecrets({ em: em(), secrets: both })).toBe(0);
  const [row] = await em().execute<{ session: string }[]>('select session from telegram_account');
  expect(createSecretBox(fresh).open(row?.session ?? '', sealedAs.session(id))).toBe('s');
});

test('what people typed into sign-ins that ran out is wiped, and the rows go a day later', async () => {
  const { userId, apiProfileId } = await newUser('anna');
  const login = { id: randomUUID(), apiProfileId, accountId: null, brings: { phone: '79005550199' } };
  await addTelegramLogin({ em: em(), secrets }, { userId, ip: null }, login);
  const phone = async () => await em().execute<{ phone: string | null }[]>('select phone from telegram_login');
  await purgeSignIns(em());
  expect((await phone())[0]?.phone).toMatch(/^gcm1:a:/);
  await em().execute(`update telegram_login set expires_at = now() - interval '1 minute'`);
  await purgeSignIns(em());
  expect(await phone()).toEqual([{ phone: null }]);
  await em().execute(`update telegram_login set expires_at = now() - interval '2 days'`);
  await purgeSignIns(em());
  expect(await phone()).toEqual([]);
});
