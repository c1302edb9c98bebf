import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { executeCheckChannel, followRefresh, startLogin } from '../../client/accounts.ts';
import type { RefreshProgress } from '../../contracts/accounts.ts';
import { startAccountStage, type AccountStage } from '../support/account-stage.ts';
import type { Person } from '../support/telegram.ts';

let stage: AccountStage;
beforeAll(async () => {
  stage = await startAccountStage();
});
afterAll(async () => await stage.stop());

async function signedIn(userId: string, person: Person): Promise<string> {
  await startLogin(stage.client, await stage.noteLogin(userId, { session: person.keys.session }));
  const [row] = await stage
    .em()
    .execute<{ id: string }[]>('select id from telegram_account where telegram_id = ?', [person.telegramId]);
  return row?.id ?? '';
}

async function refresh(userId: string, accountId: string): Promise<RefreshProgress[]> {
  const seen: RefreshProgress[] = [];
  for await (const progress of followRefresh(stage.client, { userId, accountId })) seen.push(progress);
  return seen;
}

test('a refresh shows its stages as they begin, and what it found is kept', async () => {
  const userId = randomUUID();
  const person = await stage.telegram.person({ balance: 1 });
  const accountId = await signedIn(userId, person);
  await stage.telegram.dc.control.changeUser({
    account: person.phone,
    balance: 321,
    firstName: 'New',
    isPremium: true,
  });
  await stage.telegram.dc.control.setRoundTrip({ ms: 60 });
  const seen = await refresh(userId, accountId);
  await stage.telegram.dc.control.setRoundTrip({ ms: 0 });
  expect(seen.at(-1)).toEqual({
    stages: ['connect', 'profile', 'stars', 'premium', 'save', 'done'],
    error: null,
  });
  expect(seen.length).toBeGreaterThan(2);
  const [row] = await stage.em().execute('select * from telegram_account where id = ?', [accountId]);
  expect(row).toMatchObject({ stars: '321', name: 'New', is_premium: true, state: 'ok' });
  expect(row?.['last_checked_at']).not.toBeNull();
});

test('a refresh that Telegram refuses says so, and so does one of somebody else’s account', async () => {
  const userId = randomUUID();
  const person = await stage.telegram.person();
  const accountId = await signedIn(userId, person);
  expect((await refresh(randomUUID(), accountId)).at(-1)?.error).toBe('account-not-held');
  await stage.telegram.dc.control.revoke({ account: person.phone });
  expect((await refresh(userId, accountId)).at(-1)).toEqual({ stages: ['connect'], error: 'AUTH_KEY_UNREGISTERED' });
});

test('a channel is checked with every account, and the answers are kept with its rule', async () => {
  const userId = randomUUID();
  const [member, stranger] = [await stage.telegram.person(), await stage.telegram.person()];
  const { id } = await stage.telegram.dc.control.addChannel({ title: 'Private', members: [member.phone] });
  const channelId = `-100${id}`;
  const accounts = [await signedIn(userId, member), await signedIn(userId, stranger)];
  await stage
    .em()
    .execute(`insert into channel_rule (user_id, channel_id, title) values (?, ?, 'old')`, [userId, channelId]);
  const check = await executeCheckChannel(stage.client, { userId, target: channelId });
  expect(check).toMatchObject({ channelId, username: null, title: 'Private' });
  expect(check.access).toMatchObject([
    { accountId: accounts[0], isReachable: true, takesGifts: true, error: null },
    { accountId: accounts[1], isReachable: false, takesGifts: false, error: 'CHANNEL_INVALID' },
  ]);
  const [rule] = await stage.em().execute('select * from channel_rule where user_id = ?', [userId]);
  expect(rule).toMatchObject({ title: 'Private', access: check.access });
});

test('says why a channel cannot be checked', async () => {
  const userId = randomUUID();
  const nobody = executeCheckChannel(stage.client, { userId, target: '@some_channel' });
  await expect(nobody).rejects.toMatchObject({ code: 'no-account' });
  await signedIn(userId, await stage.telegram.person());
  const unknown = executeCheckChannel(stage.client, { userId, target: '@some_channel' });
  await expect(unknown).rejects.toMatchObject({ code: 'channel-unknown' });
});
