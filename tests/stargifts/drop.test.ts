import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buyNow, pauseWatch, pollNow, resumeWatch, stopDrop, watchState } from '../../client/stargifts.ts';
import { buyDropWorkflowId } from '../../contracts/stargifts.ts';
import { dryRun } from '../../db/repositories/dry-run.ts';
import { startStargiftStage, until, type StargiftStage } from '../support/stargift-stage.ts';

let stage: StargiftStage;
let failsToStart = 0;
beforeAll(async () => {
  stage = await startStargiftStage((deps) => ({
    ...deps,
    startDrop: async (input) => {
      failsToStart -= 1;
      if (failsToStart === 0) throw new Error('killed between the commit and the start');
      await deps.startDrop(input);
    },
  }));
});
afterEach(async () => {
  await stage.control.clearFaults({});
  await stage.em().execute('update user_settings set autobuy_on = false'); // whoever still watches buys nothing
  failsToStart = 0;
});
afterAll(async () => await stage.stop());

const release = async (...gifts: Parameters<StargiftStage['control']['releaseGifts']>[0]['gifts'] & object) =>
  (await stage.control.releaseGifts({ gifts })).map(({ id }) => id);

test('the first look buys nothing; what is released then is bought once, by the richest account, for the channel, and told', async () => {
  await release({ stars: 10, total: 100 });
  const { userId, accounts, target } = await stage.user({ balances: [60, 500] });
  await stage.watch(userId);
  const [giftId] = await release({ stars: 200, total: 1_000, title: 'Кубок' });
  const dropId = await stage.dropEnded(userId);
  const rich = accounts[1];
  expect(await stage.purchases(dropId)).toMatchObject([
    { giftId, target, accountId: rich?.accountId, state: 'PAID', forms: 1, sends: 1 },
    { giftId, target, accountId: rich?.accountId, state: 'PAID' },
  ]);
  expect(await stage.charged(rich?.telegramId ?? '')).toEqual([
    { giftId, stars: 200 },
    { giftId, stars: 200 },
  ]);
  expect(await stage.charged(accounts[0]?.telegramId ?? '')).toEqual([]);
  const [drop] = await stage.rows('select state, report from drop_run where id = ?', [dropId]);
  expect(drop).toMatchObject({ state: 'done', report: { gifts: 1, bought: 2, spentStars: 400, unknown: 0 } });
  const told = await stage.rows('select dedupe_key as key from outbox_message where user_id = ?', [userId]);
  expect(told.filter(({ key }) => String(key).startsWith('drop-report'))).toHaveLength(2);
  expect(await stage.rows('select kind from gift_event where user_id = ?', [userId])).toEqual([{ kind: 'appeared' }]);
  await stage.unwatch(userId);
});

test('a charge whose answer is lost is found and not paid again; a request that is lost is paid once', async () => {
  const { userId, accounts } = await stage.user({ balances: [100] });
  await stage.watch(userId);
  const method = 'payments.sendStarsForm';
  const account = accounts[0]?.telegramId ?? '';
  await stage.control.addFaults({ faults: [{ method, account, kind: 'drop', when: 'after' }] });
  await release({ stars: 100, total: 10 });
  const dropId = await stage.dropEnded(userId);
  expect(await stage.purchases(dropId)).toMatchObject([{ state: 'PAID' }]);
  expect(await stage.charged(accounts[0]?.telegramId ?? '')).toHaveLength(1);
  await stage.unwatch(userId);
});

test('stars that a sold-out gift held are spent on the next one', async () => {
  const { userId, accounts } = await stage.user({ balances: [100] });
  await stage.watch(userId);
  const fault = {
    account: accounts[0]?.telegramId ?? '',
    method: 'payments.sendStarsForm',
    kind: 'error',
    code: 400,
    message: 'STARGIFT_USAGE_LIMITED',
  } as const;
  await stage.control.addFaults({ faults: [fault] });
  const [scarce, plenty] = await release({ stars: 90, total: 5 }, { stars: 80, total: 50_000 });
  const dropId = await stage.dropEnded(userId);
  expect(await stage.purchases(dropId)).toMatchObject([
    { giftId: scarce, state: 'REJECTED', failure: 'sold-out' },
    { giftId: plenty, state: 'PAID' },
  ]);
  await stage.unwatch(userId);
});

test('a drop that was committed and not started is started by the next poll, once', async () => {
  const { userId, accounts } = await stage.user({ balances: [100] });
  await stage.watch(userId);
  failsToStart = 1;
  await release({ stars: 60, total: 10 });
  await stage.dropEnded(userId);
  expect(await stage.charged(accounts[0]?.telegramId ?? '')).toHaveLength(1);
  expect(await stage.rows('select id from drop_run where user_id = ?', [userId])).toHaveLength(1);
  await stage.unwatch(userId);
});

test('a locked gift waits for its second; a restock and a lower price are reasons to buy again', async () => {
  const { userId, accounts } = await stage.user({ balances: [100, 20] });
  await stage.watch(userId);
  const soon = Math.ceil(Date.now() / 1000 + 1.5) * 1000; // Telegram says whole seconds
  const locks = Object.fromEntries(accounts.map(({ telegramId }) => [telegramId, soon]));
  const [giftId = ''] = await release({ stars: 60, total: 1, accountLocks: locks });
  const dropId = await stage.dropEnded(userId);
  expect(await stage.purchases(dropId)).toMatchObject([{ state: 'PAID' }]);
  const [paid] = await stage.rows('select extract(epoch from sent_at) * 1000 as at from purchase where drop_id = ?', [
    dropId,
  ]);
  expect(Number(paid?.['at'])).toBeGreaterThanOrEqual(soon);
  await until(
    async () =>
      (await stage.rows(`select 1 from gift_event where user_id = ? and kind = 'sold-out'`, [userId]))[0] ?? null,
  );
  await stage.control.changeGift({ id: giftId, remaining: 1, total: 2 });
  const again = await stage.dropEnded(userId, 2);
  expect(
    await stage.rows("select plan -> 'skips' -> 0 ->> 'reason' as reason from drop_run where id = ?", [again]),
  ).toEqual([{ reason: 'not_enough_stars' }]);
  await stage.control.changeGift({ id: giftId, stars: 40 });
  expect(await stage.purchases(await stage.dropEnded(userId, 3))).toMatchObject([{ giftId, state: 'PAID', price: 40 }]);
  await stage.unwatch(userId);
});

test('a paused watcher buys nothing and misses nothing; a refresh by hand goes through the watcher', async () => {
  const { userId } = await stage.user({ balances: [100] });
  await stage.watch(userId);
  expect(await pauseWatch(stage.client, userId)).toMatchObject({ state: 'paused' });
  expect(await pauseWatch(stage.client, userId)).toMatchObject({ state: 'paused' });
  const [giftId] = await release({ stars: 70, total: 10 });
  const { dropId, events } = await pollNow(stage.client, userId);
  expect(events).toBe(1);
  expect(await stage.dropEnded(userId)).toBe(dropId);
  expect((await dryRun(stage.em(), userId, null))?.input.gifts.map(({ id }) => id)).toContain(giftId);
  expect(await resumeWatch(stage.client, userId)).toMatchObject({ state: 'watching' });
  await until(async () => (await watchState(stage.client, userId))?.state === 'watching');
  expect(await dryRun(stage.em(), userId, dropId)).toMatchObject({ operations: [{ giftId }], skips: [] });
  await stage.unwatch(userId);
});

test('a purchase by hand is made once for its key, also with the switch off', async () => {
  const { userId, accounts, target } = await stage.user({ balances: [100] });
  const [giftId = ''] = await release({ stars: 30, total: 10 });
  await stage.em().execute('update user_settings set autobuy_on = false where user_id = ?', [userId]);
  expect(await pollNow(stage.client, userId)).toMatchObject({ dropId: null });
  const order = { accountId: accounts[0]?.accountId ?? '', giftId, target, maxStars: 30 };
  const key = { userId, idempotencyKey: 'one click' };
  const ids = await Promise.all([buyNow(stage.client, key, order), buyNow(stage.client, key, order)]);
  expect(new Set(ids).size).toBe(1);
  const handle = stage.client.workflow.getHandle(buyDropWorkflowId(userId, ids[0]));
  expect(await handle.result()).toMatchObject({ bought: 1, spentStars: 30 });
  await buyNow(stage.client, key, order);
  expect(await stage.charged(accounts[0]?.telegramId ?? '')).toHaveLength(1);
});

test('a stop ends a drop that waits, and nothing more is bought', async () => {
  const { userId, accounts } = await stage.user({ balances: [100] });
  await stage.watch(userId);
  const fault = { method: 'payments.getPaymentForm', kind: 'error', code: 420, message: 'FLOOD_WAIT_600' } as const;
  const account = accounts[0]?.telegramId ?? '';
  await stage.control.addFaults({ faults: [{ ...fault, account }] });
  const asked = async () => await stage.control.requests({ method: fault.method, account });
  await release({ stars: 60, total: 10 });
  const dropId = await until(async () => {
    const [row] = await stage.rows(`select state, drop_id as id from purchase where user_id = ?`, [userId]);
    return (await asked()).length > 0 && typeof row?.['id'] === 'string' ? row['id'] : null;
  });
  await stopDrop(stage.client, userId, dropId);
  await stage.dropEnded(userId);
  expect(await asked()).toHaveLength(1); // neither the watcher nor the drop asked while they were to wait
  expect(await stage.purchases(dropId)).toMatchObject([{ state: 'REJECTED', code: 'STOPPED' }]);
  expect(await stage.rows('select state from drop_run where id = ?', [dropId])).toEqual([{ state: 'stopped' }]);
  await stage.unwatch(userId);
});
