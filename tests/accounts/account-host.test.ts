import type { SqlEntityManager } from '@mikro-orm/sql';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AccountHost } from '../../activities/accounts/account-host.ts';
import { tellOwner } from '../../activities/accounts/tell-owner.ts';
import { accountOwners, holdsFence } from '../../db/repositories/account-leases.ts';
import { saveAccountFacts } from '../../db/repositories/account-states.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { saveAccount, secrets, sessionOf, startTelegram, type TelegramStage } from '../support/telegram.ts';

let database: TestDatabase;
let stage: TelegramStage;
const hosts: AccountHost[] = [];

beforeAll(async () => {
  [database, stage] = await Promise.all([startDatabase(), startTelegram()]);
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop();
  await em().execute('delete from app_user');
  await stage.dc.control.clearFaults({});
});
afterAll(async () => {
  await Promise.all([database.stop(), stage.dc.stop()]);
});

const em = (): SqlEntityManager => database.orm.em.fork();
const duplicates = async () => (await stage.dc.control.counters({})).duplicatedKeys;
const connections = async () => (await stage.dc.control.counters({})).openConnections;
const row = async (accountId: string) =>
  (await em().execute<Record<string, unknown>[]>('select * from telegram_account where id = ?', [accountId]))[0];
/** As if the time to live had passed at the database. */
const expire = async (host: AccountHost) =>
  await em().execute(`update telegram_account set lease_until = clock_timestamp() - interval '1 ms'
    where lease_host = '${host.queue.split(':')[1] ?? ''}'`);

/** A host whose clock, and whose way to the database, the test holds in its hands. */
function hostOf(name: string, { capacity = 10 } = {}) {
  const clock = { ms: 1_000_000, isCutOff: false };
  const changed: string[] = [];
  const errors: unknown[] = [];
  const host = new AccountHost({
    ...{ host: name, accounts: stage.accounts, secrets, capacity, checkEveryMs: 60_000, tellOwner },
    em: () => {
      if (clock.isCutOff) throw new Error('no way to the database');
      return em();
    },
    now: () => clock.ms,
    onChange: async (userId) => void changed.push(userId),
    onError: (err) => void errors.push(err),
  });
  hosts.push(host);
  return { host, clock, changed, errors };
}

test('an account is held by one host, and handed over at once when that one stops', async () => {
  const { userId, accountId } = await saveAccount(em(), await stage.person({ balance: 70 }));
  const [a, b] = [hostOf('a').host, hostOf('b').host];
  await a.renew();
  await b.renew();
  expect([a.held(userId), b.held(userId)]).toEqual([[accountId], []]);
  expect(await a.use(accountId, async (account) => await account.starBalance())).toBe(70);
  await expect(b.use(accountId, async (account) => await account.starBalance())).rejects.toMatchObject({
    code: 'account-not-held',
  });
  expect(await accountOwners(em(), userId)).toEqual([{ accountId, host: 'a', fence: '1' }]);
  await a.stop();
  await b.renew();
  expect(await b.use(accountId, async (_account, fence) => fence)).toBe('2');
  expect(await b.use(accountId, async (account) => await account.starBalance())).toBe(70);
  expect(await duplicates()).toBe(0);
});

test('hosts share accounts by their capacities', async () => {
  for (let n = 0; n < 3; n += 1) await saveAccount(em(), await stage.person());
  const [a, b] = [hostOf('a', { capacity: 2 }).host, hostOf('b', { capacity: 2 }).host];
  await Promise.all([a.renew(), b.renew()]);
  const owners = await em().execute<{ n: number }[]>(
    'select count(*)::int as n from telegram_account group by lease_host order by n desc',
  );
  expect(owners.map(({ n }) => n)).toEqual([2, 1]);
});

test('a killed host keeps its accounts from others until its lease has ended', async () => {
  const { userId, accountId } = await saveAccount(em(), await stage.person());
  const [a, b] = [hostOf('a'), hostOf('b')];
  await a.host.renew();
  await a.host.use(accountId, async (account) => await account.starBalance());
  await b.host.renew();
  expect(b.host.held(userId)).toEqual([]);
  // Killed: its connection ends with it, and nobody renews.
  a.clock.ms += 10_000;
  a.host.dropExpired();
  await expire(a.host);
  await b.host.renew();
  expect(await b.host.use(accountId, async (_account, fence) => fence)).toBe('2');
});

test('a host that lost the database stops by its own clock, before anybody else can begin', async () => {
  const { accountId } = await saveAccount(em(), await stage.person({ balance: 5 }));
  const before = await connections();
  const [a, b] = [hostOf('a'), hostOf('b')];
  await a.host.renew();
  await a.host.use(accountId, async (account) => await account.starBalance());
  a.clock.isCutOff = true;
  a.clock.ms += 4_000;
  await a.host.renew();
  expect(a.errors).toHaveLength(1);
  a.clock.ms += 5_999;
  expect(await a.host.use(accountId, async (account) => await account.starBalance())).toBe(5);
  const late = a.host.use(accountId, async (account, fence) => {
    a.clock.ms += 1; // ten seconds since the last renewal, in the middle of its work
    await expect(account.starBalance()).rejects.toMatchObject({ code: 'account-not-held' });
    return fence;
  });
  const fence = await late;
  a.host.dropExpired();
  await expect.poll(connections).toBe(before);
  await expire(a.host);
  await b.host.renew();
  expect(await b.host.use(accountId, async (account) => await account.starBalance())).toBe(5);
  expect(await duplicates()).toBe(0);
  // What it writes now comes too late.
  expect(await saveAccountFacts(em(), { accountId, fence }, { stars: 999 })).toBe(false);
  expect(await holdsFence(em(), accountId, fence)).toBe(false);
  expect(await row(accountId)).toMatchObject({ stars: null });
});

test('an answer about a lease that comes too late prolongs nothing', async () => {
  const { userId, accountId } = await saveAccount(em(), await stage.person());
  const { host, clock } = hostOf('a');
  await host.renew();
  const renewing = host.renew();
  clock.ms += 11_000;
  await renewing;
  expect(host.held(userId)).toEqual([]);
  await host.renew();
  expect(host.held(userId)).toEqual([accountId]);
});

test('uses share one connection; what spends goes one after the other', async () => {
  const { accountId } = await saveAccount(em(), await stage.person());
  const { host } = hostOf('a');
  await host.renew();
  const before = await connections();
  let running = 0;
  const alone = async () =>
    await host.useAlone(accountId, async (account) => {
      running += 1;
      expect(running).toBe(1);
      await account.starBalance();
      running -= 1;
    });
  const reads = [1, 2, 3].map(async () => await host.use(accountId, async (account) => await account.starBalance()));
  await Promise.all([alone(), alone(), alone(), ...reads]);
  expect(await connections()).toBe(before + 1);
});

test('a revoked account is recorded, told once, and not connected to again until it is signed in anew', async () => {
  const person = await stage.person({ balance: 9 });
  const { userId, accountId } = await saveAccount(em(), person);
  const { host, changed } = hostOf('a');
  await host.renew();
  const read = async () => await host.use(accountId, async (account) => await account.starBalance());
  await read();
  await stage.dc.control.revoke({ account: person.phone, error: 'SESSION_REVOKED' });
  const results = await Promise.allSettled([read(), read()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect.poll(async () => (await row(accountId))?.['state']).toBe('revoked');
  expect(await row(accountId)).toMatchObject({ session: null, state_reason: 'SESSION_REVOKED', lease_host: null });
  await expect.poll(() => changed).toEqual([userId]);
  const told = await em().execute<{ payload: { html: string } }[]>('select payload from outbox_message');
  expect(told.map(({ payload }) => payload.html)).toEqual([expect.stringContaining('SESSION_REVOKED')]);
  await stage.dc.control.clearRequests({});
  await host.renew();
  await expect(read()).rejects.toMatchObject({ code: 'account-not-held' });
  expect(await stage.dc.control.requests({ account: person.telegramId })).toEqual([]);
  const session = secrets.seal(await sessionOf(stage.dc, person.phone), `telegram_account.session:${accountId}`);
  await em().execute(`update telegram_account set session = ?, state = 'ok' where id = ?`, [session, accountId]);
  await host.renew();
  expect(await read()).toBe(9);
});

test('a frozen account keeps its session, a banned one does not', async () => {
  const [frozen, banned] = [await stage.person(), await stage.person()];
  const [cold, gone] = [await saveAccount(em(), frozen), await saveAccount(em(), banned)];
  const { host } = hostOf('a');
  await host.renew();
  await stage.dc.control.changeUser({ account: frozen.phone, state: 'frozen' });
  await stage.dc.control.changeUser({ account: banned.phone, state: 'banned' });
  const order = { giftId: '1', target: frozen.telegramId };
  for (const { accountId } of [cold, gone]) {
    await expect(host.use(accountId, async (account) => await account.paymentForm(order))).rejects.toThrow();
  }
  await expect.poll(async () => (await row(cold.accountId))?.['state']).toBe('frozen');
  expect((await row(cold.accountId))?.['session']).not.toBeNull();
  await expect.poll(async () => (await row(gone.accountId))?.['state']).toBe('banned');
  expect((await row(gone.accountId))?.['session']).toBeNull();
});

test('an account that was signed in anew, or removed, is noticed at the next renewal', async () => {
  const person = await stage.person({ balance: 3 });
  const { userId, accountId } = await saveAccount(em(), person);
  const { host } = hostOf('a');
  await host.renew();
  const read = async () => await host.use(accountId, async (account) => await account.starBalance());
  await read();
  const session = secrets.seal(await sessionOf(stage.dc, person.phone), `telegram_account.session:${accountId}`);
  await em().execute('update telegram_account set session = ? where id = ?', [session, accountId]);
  await host.renew();
  expect(await read()).toBe(3);
  expect(await duplicates()).toBe(0);
  const before = await connections();
  await em().execute('delete from telegram_account where id = ?', [accountId]);
  await host.renew();
  expect(host.held(userId)).toEqual([]);
  await expect.poll(connections).toBe(before - 1);
});

test('balances of idle accounts are looked up when they are old', async () => {
  const person = await stage.person({ balance: 11 });
  const { accountId } = await saveAccount(em(), person);
  const { host, clock } = hostOf('a');
  await host.renew();
  await host.checkIdle();
  expect(await row(accountId)).toMatchObject({ stars: '11', state: 'ok' });
  await stage.dc.control.changeUser({ account: person.phone, balance: 12 });
  await host.checkIdle();
  expect(await row(accountId)).toMatchObject({ stars: '11' });
  clock.ms += 9_000;
  await host.renew();
  clock.ms += 9_000;
  for (let n = 0; n < 6; n += 1) {
    await host.renew();
    clock.ms += 9_000;
  }
  await host.checkIdle();
  expect(await row(accountId)).toMatchObject({ stars: '12' });
});

test('a long wait that Telegram asks for is shown, and over with the next answer', async () => {
  const person = await stage.person();
  const { accountId } = await saveAccount(em(), person);
  const { host } = hostOf('a');
  await host.renew();
  await stage.dc.control.addFaults({
    faults: [{ kind: 'error', method: 'payments.getStarsStatus', code: 420, message: 'FLOOD_WAIT_300' }],
  });
  await expect(host.use(accountId, async (account) => await account.starBalance())).rejects.toThrow('FLOOD_WAIT_X');
  expect(await row(accountId)).toMatchObject({ state: 'flood-wait', state_reason: 'FLOOD_WAIT_X' });
  await host.checkIdle();
  expect(await row(accountId)).toMatchObject({ state: 'ok', state_until: null });
});
