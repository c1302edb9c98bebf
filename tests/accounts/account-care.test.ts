import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startHostStage, type HostStage } from '../support/host-stage.ts';
import { saveAccount, secrets, sessionOf } from '../support/telegram.ts';

let stage: HostStage;
beforeAll(async () => {
  stage = await startHostStage();
});
afterEach(async () => await stage.clear());
afterAll(async () => await stage.stop());

test('an account can buy into the public and private channels of its user by their ids', async () => {
  const person = await stage.telegram.person({ balance: 100 });
  const { userId, accountId } = await saveAccount(stage.em(), person);
  const control = stage.control;
  const open = await control.addChannel({ title: 'Open', username: 'open_door' });
  const closed = await control.addChannel({ title: 'Closed', members: [person.phone] });
  await control.releaseGifts({ gifts: [{ id: '4242', stars: 5, total: 100 }] });
  await stage
    .em()
    .execute(
      `insert into channel_rule (user_id, channel_id, username, title) values (?, ?, 'open_door', ''), (?, ?, null, '')`,
      [userId, `-100${open.id}`, userId, `-100${closed.id}`],
    );
  const { host } = stage.hostOf('a');
  await host.renew();
  await host.use(accountId, async () => await Promise.resolve());
  await control.clearRequests({});
  for (const { id } of [open, closed]) {
    const order = { giftId: '4242', target: `-100${id}` };
    expect(await host.use(accountId, async (account) => await account.paymentForm(order))).toMatchObject({ stars: 5 });
  }
  const asked = await control.requests({ account: person.telegramId });
  expect(asked.map(({ method }) => method)).toEqual(['payments.getPaymentForm', 'payments.getPaymentForm']);
});

test('a revoked account is recorded, told once, and not connected to again until it is signed in anew', async () => {
  const person = await stage.telegram.person({ balance: 9 });
  const { userId, accountId } = await saveAccount(stage.em(), person);
  const { host, changed } = stage.hostOf('a');
  await host.renew();
  const read = async () => await host.use(accountId, async (account) => await account.starBalance());
  await read();
  await stage.control.revoke({ account: person.phone, error: 'SESSION_REVOKED' });
  const results = await Promise.allSettled([read(), read()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect.poll(async () => (await stage.row(accountId))?.['state']).toBe('revoked');
  expect(await stage.row(accountId)).toMatchObject({
    session: null,
    state_reason: 'SESSION_REVOKED',
    lease_host: null,
  });
  await expect.poll(() => changed).toEqual([userId]);
  const told = await stage.em().execute<{ payload: { html: string } }[]>('select payload from outbox_message');
  expect(told.map(({ payload }) => payload.html)).toEqual([expect.stringContaining('SESSION_REVOKED')]);
  await stage.control.clearRequests({});
  await host.renew();
  await expect(read()).rejects.toMatchObject({ code: 'account-not-held' });
  expect(await stage.control.requests({ account: person.telegramId })).toEqual([]);
  const session = secrets.seal(
    await sessionOf(stage.telegram.dc, person.phone),
    `telegram_account.session:${accountId}`,
  );
  await stage.em().execute(`update telegram_account set session = ?, state = 'ok' where id = ?`, [session, accountId]);
  await host.renew();
  expect(await read()).toBe(9);
});

test('a frozen account keeps its session, a banned one does not', async () => {
  const [frozen, banned] = [await stage.telegram.person(), await stage.telegram.person()];
  const [cold, gone] = [await saveAccount(stage.em(), frozen), await saveAccount(stage.em(), banned)];
  const { host } = stage.hostOf('a');
  await host.renew();
  await stage.control.changeUser({ account: frozen.phone, state: 'frozen' });
  await stage.control.changeUser({ account: banned.phone, state: 'banned' });
  const order = { giftId: '1', target: frozen.telegramId };
  for (const { accountId } of [cold, gone]) {
    await expect(host.use(accountId, async (account) => await account.paymentForm(order))).rejects.toThrow();
  }
  await expect.poll(async () => (await stage.row(cold.accountId))?.['state']).toBe('frozen');
  expect((await stage.row(cold.accountId))?.['session']).not.toBeNull();
  await expect.poll(async () => (await stage.row(gone.accountId))?.['state']).toBe('banned');
  expect((await stage.row(gone.accountId))?.['session']).toBeNull();
});

test('an account that was signed in anew, or removed, is noticed at the next renewal', async () => {
  const person = await stage.telegram.person({ balance: 3 });
  const { userId, accountId } = await saveAccount(stage.em(), person);
  const { host } = stage.hostOf('a');
  await host.renew();
  const read = async () => await host.use(accountId, async (account) => await account.starBalance());
  await read();
  const session = secrets.seal(
    await sessionOf(stage.telegram.dc, person.phone),
    `telegram_account.session:${accountId}`,
  );
  await stage.em().execute('update telegram_account set session = ? where id = ?', [session, accountId]);
  await host.renew();
  expect(await read()).toBe(3);
  expect(await stage.duplicates()).toBe(0);
  const before = await stage.connections();
  await stage.em().execute('delete from telegram_account where id = ?', [accountId]);
  await host.renew();
  expect(host.held(userId)).toEqual([]);
  await expect.poll(stage.connections).toBe(before - 1);
});

test('balances of idle accounts are looked up when they are old', async () => {
  const person = await stage.telegram.person({ balance: 11 });
  const { accountId } = await saveAccount(stage.em(), person);
  const { host, clock } = stage.hostOf('a');
  await host.renew();
  await host.checkIdle();
  expect(await stage.row(accountId)).toMatchObject({ stars: '11', state: 'ok' });
  await stage.control.changeUser({ account: person.phone, balance: 12 });
  await host.checkIdle();
  expect(await stage.row(accountId)).toMatchObject({ stars: '11' });
  clock.ms += 9_000;
  await host.renew();
  clock.ms += 9_000;
  for (let n = 0; n < 6; n += 1) {
    await host.renew();
    clock.ms += 9_000;
  }
  await host.checkIdle();
  expect(await stage.row(accountId)).toMatchObject({ stars: '12' });
});

test('a long wait that Telegram asks for is shown, and over with the next answer', async () => {
  const person = await stage.telegram.person();
  const { accountId } = await saveAccount(stage.em(), person);
  const { host } = stage.hostOf('a');
  await host.renew();
  await stage.control.addFaults({
    faults: [{ kind: 'error', method: 'payments.getStarsStatus', code: 420, message: 'FLOOD_WAIT_300' }],
  });
  await expect(host.use(accountId, async (account) => await account.starBalance())).rejects.toThrow('FLOOD_WAIT_X');
  expect(await stage.row(accountId)).toMatchObject({ state: 'flood-wait', state_reason: 'FLOOD_WAIT_X' });
  await host.checkIdle();
  expect(await stage.row(accountId)).toMatchObject({ state: 'ok', state_until: null });
});
