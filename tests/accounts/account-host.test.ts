import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { accountOwners, holdsFence } from '../../db/repositories/account-leases.ts';
import { saveAccountFacts } from '../../db/repositories/account-states.ts';
import { startHostStage, type HostStage } from '../support/host-stage.ts';
import { saveAccount } from '../support/telegram.ts';

let stage: HostStage;
beforeAll(async () => {
  stage = await startHostStage();
});
afterEach(async () => await stage.clear());
afterAll(async () => await stage.stop());

test('an account is held by one host, and handed over at once when that one stops', async () => {
  const { userId, accountId } = await saveAccount(stage.em(), await stage.telegram.person({ balance: 70 }));
  const [a, b] = [stage.hostOf('a').host, stage.hostOf('b').host];
  await a.renew();
  await b.renew();
  expect([a.held(userId), b.held(userId)]).toEqual([[accountId], []]);
  expect(await a.use(accountId, async (account) => await account.starBalance())).toBe(70);
  await expect(b.use(accountId, async (account) => await account.starBalance())).rejects.toMatchObject({
    code: 'account-not-held',
  });
  expect(await accountOwners(stage.em(), userId)).toEqual([{ accountId, host: 'a', fence: '1' }]);
  await a.stop();
  await b.renew();
  expect(await b.use(accountId, async (_account, fence) => fence)).toBe('2');
  expect(await b.use(accountId, async (account) => await account.starBalance())).toBe(70);
  expect(await stage.duplicates()).toBe(0);
});

test('hosts share accounts by their capacities', async () => {
  for (let n = 0; n < 3; n += 1) await saveAccount(stage.em(), await stage.telegram.person());
  const [a, b] = [stage.hostOf('a', { capacity: 2 }).host, stage.hostOf('b', { capacity: 2 }).host];
  await Promise.all([a.renew(), b.renew()]);
  const owners = await stage
    .em()
    .execute<{ n: number }[]>('select count(*)::int as n from telegram_account group by lease_host order by n desc');
  expect(owners.map(({ n }) => n)).toEqual([2, 1]);
});

test('a killed host keeps its accounts from others until its lease has ended', async () => {
  const { userId, accountId } = await saveAccount(stage.em(), await stage.telegram.person());
  const [a, b] = [stage.hostOf('a'), stage.hostOf('b')];
  await a.host.renew();
  await a.host.use(accountId, async (account) => await account.starBalance());
  await b.host.renew();
  expect(b.host.held(userId)).toEqual([]);
  // Killed: its connection ends with it, and nobody renews.
  a.clock.ms += 10_000;
  a.host.dropExpired();
  await stage.expire(a.host);
  await b.host.renew();
  expect(await b.host.use(accountId, async (_account, fence) => fence)).toBe('2');
});

test('a host that lost the database stops by its own clock, before anybody else can begin', async () => {
  const { accountId } = await saveAccount(stage.em(), await stage.telegram.person({ balance: 5 }));
  const before = await stage.connections();
  const [a, b] = [stage.hostOf('a'), stage.hostOf('b')];
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
  await expect.poll(stage.connections).toBe(before);
  await stage.expire(a.host);
  await b.host.renew();
  expect(await b.host.use(accountId, async (account) => await account.starBalance())).toBe(5);
  expect(await stage.duplicates()).toBe(0);
  // What it writes now comes too late.
  expect(await saveAccountFacts(stage.em(), { accountId, fence }, { stars: 999 })).toBe(false);
  expect(await holdsFence(stage.em(), accountId, fence)).toBe(false);
  expect(await stage.row(accountId)).toMatchObject({ stars: null });
});

test('an answer about a lease that comes too late prolongs nothing', async () => {
  const { userId, accountId } = await saveAccount(stage.em(), await stage.telegram.person());
  const { host, clock } = stage.hostOf('a');
  await host.renew();
  const renewing = host.renew();
  clock.ms += 11_000;
  await renewing;
  expect(host.held(userId)).toEqual([]);
  await host.renew();
  expect(host.held(userId)).toEqual([accountId]);
});

test('uses share one connection; what spends goes one after the other', async () => {
  const { accountId } = await saveAccount(stage.em(), await stage.telegram.person());
  const { host } = stage.hostOf('a');
  await host.renew();
  const before = await stage.connections();
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
  expect(await stage.connections()).toBe(before + 1);
});
