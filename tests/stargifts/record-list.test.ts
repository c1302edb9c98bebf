import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recordList } from '../../activities/stargifts/record-list.ts';
import { GiftPoller, type WatchingDeps } from '../../activities/stargifts/gift-poller.ts';
import type { AccountPool } from '../../activities/ports/account-pool.ts';
import type { WatchHealth } from '../../contracts/stargifts.ts';
import { openWatch, readWatch } from '../../db/repositories/gift-watch.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { startBuyingStage, TARGET, type BuyingStage } from '../support/buying-stage.ts';
import { giftRow, ScriptedTelegram, type Shelf } from '../support/scripted-telegram.ts';

let stage: BuyingStage;
let buyer: Awaited<ReturnType<BuyingStage['buyer']>>;
beforeAll(async () => {
  stage = await startBuyingStage();
});
beforeEach(async () => {
  buyer = await stage.buyer(500);
  const channel = `insert into channel_rule (user_id, channel_id, title) values (?, ?, 'Gifts')`;
  await stage.em().execute(channel, [buyer.userId, TARGET]);
  await openWatch(stage.em(), buyer.userId);
});
afterAll(async () => await stage.stop());

const teller = { changes: () => Promise.resolve(0), report: () => Promise.resolve() };
const seen = async (...gifts: readonly StarGift[]) => {
  const { userId, accountId } = buyer;
  const list = { accountId, gifts };
  return await recordList({ orm: stage.orm, teller }, { userId, list, others: [], stars: new Map() });
};
const old = giftRow({ id: '1' });
const fresh = giftRow({ id: '2', priceStars: 200 });
const drops = async () =>
  await stage.em().execute<{ id: string }[]>('select id from drop_run where user_id = ?', [buyer.userId]);

test('what the first list shows is known, and never bought; what comes later is planned in the same transaction', async () => {
  expect(await seen(old)).toEqual({ events: 0, told: 0, drop: null });
  const { drop } = await seen(old, fresh);
  expect(drop?.crew).toEqual([{ accountId: buyer.accountId, queue: null }]);
  expect(await stage.rows(drop?.dropId ?? '')).toMatchObject([
    { gift: '2', state: 'PLANNED', price: 200 },
    { gift: '2', state: 'PLANNED' },
  ]);
});

test('a crash in the transaction leaves neither the gift nor the drop', async () => {
  await seen(old);
  const failing = { ...teller, changes: () => Promise.reject(new Error('killed')) };
  const list = { accountId: buyer.accountId, gifts: [old, fresh] };
  const told = { userId: buyer.userId, list, others: [], stars: new Map<string, number>() };
  await expect(recordList({ orm: stage.orm, teller: failing }, told)).rejects.toThrow('killed');
  expect(await drops()).toEqual([]);
  expect((await seen(old, fresh)).drop).not.toBeNull();
});

test('two watchers of one release make one drop', async () => {
  await seen(old);
  const both = await Promise.all([seen(old, fresh), seen(old, fresh)]);
  expect(both.filter(({ drop }) => drop !== null)).toHaveLength(1);
  expect(await drops()).toHaveLength(1);
});

test('what came while the switch was off, or before it was turned on again, is not bought', async () => {
  await seen(old);
  await stage.em().execute('update user_settings set autobuy_on = false where user_id = ?', [buyer.userId]);
  expect(await seen(old, fresh)).toEqual({ events: 1, told: 0, drop: null });
  await stage
    .em()
    .execute('update user_settings set autobuy_on = true, autobuy_on_since = now() where user_id = ?', [buyer.userId]);
  await openWatch(stage.em(), buyer.userId);
  const later = giftRow({ id: '3' });
  expect((await seen(old, fresh, later)).drop).toBeNull();
  expect((await seen(old, { ...fresh, priceStars: 100 }, later)).drop).toBeNull(); // cheaper, and still not ours
  expect((await seen(old, { ...fresh, remaining: 0, isSoldOut: true }, later)).drop).toBeNull();
  expect((await seen(old, fresh, later)).drop).not.toBeNull(); // back on sale
});

test('one account’s limits and locks are no change for another', async () => {
  await seen(old);
  await seen(old, fresh);
  const other = { accountId: 'other', gifts: [old, { ...fresh, perUserRemaining: 1, lockedUntil: Date.now() + 1e9 }] };
  const told = { userId: buyer.userId, list: other, others: [], stars: new Map<string, number>() };
  expect(await recordList({ orm: stage.orm, teller }, told)).toEqual({ events: 0, told: 0, drop: null });
});

/** A poller of scripted accounts that stops after so many pauses. */
function pollerOf(account: ScriptedTelegram, turns: number) {
  const { accountId, userId } = buyer;
  const pauses: number[] = [];
  const told: WatchHealth[] = [];
  const use: AccountPool['use'] = async (id, fn) => {
    if (id !== accountId) throw new DomainError('account-not-held', id);
    return await fn(account, '1');
  };
  const pool: AccountPool = { queue: 'q', held: () => (pauses.length < turns ? [accountId] : []), use, useAlone: use };
  const deps: WatchingDeps = {
    ...{ orm: stage.orm, pool, teller, wakeOutbox: () => Promise.resolve(), startDrop: () => Promise.resolve() },
    reportHealth: (_user, health) => Promise.resolve(void told.push(health)),
    buy: () => Promise.resolve({ paid: 0, rejected: 0, freed: false, waitMs: null }),
  };
  const pause = (ms: number) => Promise.resolve(void pauses.push(Math.round(ms / 100) * 100));
  return { poller: new GiftPoller(deps, { userId, signal: new AbortController().signal, pause }), pauses, told };
}

test('Telegram down is visible, polls come less and less often, and all is well again with the first answer', async () => {
  const shelf: Shelf = new Map([['1', old]]);
  const account = new ScriptedTelegram(shelf, 500);
  let down = 6;
  account.onCall = () => {
    down -= 1;
    if (down >= 0) throw new TelegramError('unknown-outcome', 'TIMEOUT');
  };
  const { poller, pauses, told } = pollerOf(account, 9);
  await poller.run();
  expect(pauses.map((ms) => ms >= 1_900)).toEqual([false, false, true, true, true, true, false, false, false]);
  expect(Math.max(...pauses)).toBeGreaterThan(8_000);
  expect(told).toMatchObject([{ error: 'TIMEOUT' }, { degradedSince: null, error: null }]);
  expect(told[0]?.degradedSince).not.toBeNull();
  expect(await readWatch(stage.em(), buyer.userId)).toMatchObject({ degradedSince: null, gifts: 1, baseline: false });
});
