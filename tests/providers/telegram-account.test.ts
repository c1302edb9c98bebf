import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TelegramAccount } from '../../activities/ports/telegram-account.ts';
import { TelegramError, type Consequence } from '../../domain/stargifts/telegram-error.ts';
import type { FaultInput } from '../../sandbox/telegram-dc/faults.ts';
import { startTelegram, type Person, type TelegramStage } from '../support/telegram.ts';

const GIFT = '5832279504491381684';
let stage: TelegramStage;
let buyer: Person;
let account: TelegramAccount;
let channelId: string;
let signalHandlers: number;

beforeAll(async () => {
  signalHandlers = process.listenerCount('SIGTERM');
  stage = await startTelegram();
  buyer = await stage.person({ balance: 100_000, isPremium: true });
  const channel = await stage.dc.control.addChannel({ title: 'Gifts', members: [buyer.phone] });
  channelId = `-100${channel.id}`;
  await stage.dc.control.addChannel({ title: 'Open', username: 'open_gifts', takesGifts: false });
  await stage.dc.control.releaseGifts({
    gifts: [
      { id: GIFT, title: 'Comet', stars: 500, total: 1000, perUserTotal: 90 },
      { stars: 15 },
      { id: '77', stars: 5, total: 10, remaining: 0 },
    ],
  });
  account = await stage.accounts.open(buyer.keys);
});
afterEach(async () => await stage.dc.control.clearFaults({}));
afterAll(async () => {
  await account.close();
  await stage.dc.stop();
});

const order = () => ({ giftId: GIFT, target: channelId });
const paid = async () => (await stage.dc.control.ledger({ account: buyer.phone })).purchases.length;
const fault = async (method: string, input: FaultInput) =>
  await stage.dc.control.addFaults({ faults: [{ ...input, method }] });

async function refusal(call: () => Promise<unknown>): Promise<TelegramError> {
  const err: unknown = await call().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(err instanceof TelegramError)) throw new Error(`expected a TelegramError, got ${String(err)}`);
  return err;
}

test('lists all gifts with their limits, and nothing while the hash of their ids holds', async () => {
  const list = await account.starGifts(0);
  expect(list?.gifts).toHaveLength(3);
  expect(list?.gifts.find(({ id }) => id === GIFT)).toMatchObject({
    ...{ title: 'Comet', priceStars: 500, isLimited: true, total: 1000, remaining: 1000 },
    ...{ perUserTotal: 90, perUserRemaining: 90, isSoldOut: false, isAuction: false, lockedUntil: null },
  });
  expect(list?.gifts.find(({ id }) => id === '77')).toMatchObject({ isSoldOut: true, remaining: 0 });
  expect(list?.gifts.find(({ priceStars }) => priceStars === 15)).toMatchObject({ isLimited: false, total: null });
  expect(await account.starGifts(list?.hash ?? 0)).toBeNull();
});

test('says who the account is and what it may do in channels', async () => {
  expect(await account.profile()).toMatchObject({ telegramId: buyer.telegramId, isPremium: true });
  expect(await account.starBalance()).toBe(100_000);
  const member = { channelId, title: 'Gifts', username: null, isMember: true, isReachable: true, takesGifts: true };
  expect(await account.channel(channelId)).toEqual(member);
  expect(await account.channel('@open_gifts')).toMatchObject({ isMember: false, isReachable: true, takesGifts: false });
  expect((await refusal(() => account.channel('@nobody_here'))).consequence).toBe('wrong-target');
  expect((await refusal(() => account.channel('-1009999999999'))).consequence).toBe('wrong-target');
});

test('buys into a private channel of its own, and finds the purchase again', async () => {
  const sinceMs = Date.now() - 5_000;
  const form = await account.paymentForm(order());
  expect(form.stars).toBe(500);
  expect(form.formId).toMatch(/^-?\d+$/);
  const before = await paid();
  await account.pay(order(), form.formId);
  expect(await paid()).toBe(before + 1);
  const [last] = await account.transactions({ sinceMs, limit: 10 });
  expect(last).toMatchObject({ giftId: GIFT, peer: channelId, stars: -500, isRefund: false, isFailed: false });
  const [saved] = await account.savedGifts(channelId, 5);
  expect(saved).toMatchObject({ giftId: GIFT });
  expect((await refusal(() => account.pay(order(), form.formId))).consequence).toBe('already-submitted');
});

test.each<[FaultInput, Consequence]>([
  [{ kind: 'drop', when: 'before' }, 'unknown-outcome'],
  [{ kind: 'drop', when: 'after' }, 'unknown-outcome'],
  [{ kind: 'forget' }, 'unknown-outcome'],
  [{ kind: 'error', code: 500, message: 'RPC_CALL_FAIL' }, 'unknown-outcome'],
  [{ kind: 'error', code: -503, message: 'TIMEOUT' }, 'unknown-outcome'],
  [{ kind: 'error', code: 420, message: 'FLOOD_WAIT_7' }, 'retry-later'],
  [{ kind: 'error', code: 400, message: 'STARGIFT_USAGE_LIMITED' }, 'sold-out'],
  [{ kind: 'error', code: 400, message: 'STARGIFT_USER_USAGE_LIMITED' }, 'user-limit'],
  [{ kind: 'error', code: 400, message: 'BALANCE_TOO_LOW' }, 'balance'],
  [{ kind: 'error', code: 400, message: 'FORM_EXPIRED' }, 'form-expired'],
  [{ kind: 'error', code: 406, message: 'STARS_FORM_AMOUNT_MISMATCH' }, 'price-changed'],
  [{ kind: 'error', code: 403, message: 'USER_DISALLOWED_STARGIFTS' }, 'wrong-target'],
  [{ kind: 'error', code: 400, message: 'PREMIUM_ACCOUNT_REQUIRED' }, 'premium-needed'],
  [{ kind: 'error', code: 400, message: 'NEVER_HEARD_OF' }, 'refused'],
])('a payment that meets %o is %s, and is sent once', async (input, consequence) => {
  const { formId } = await account.paymentForm(order());
  await stage.dc.control.clearRequests({});
  await fault('payments.sendStarsForm', input);
  const err = await refusal(() => account.pay(order(), formId));
  expect(err.consequence).toBe(consequence);
  if (consequence === 'retry-later') expect(err).toMatchObject({ code: 'FLOOD_WAIT_X', retryAfterMs: 7_000 });
  // Any later call shows that nothing is still on its way.
  await account.starBalance();
  expect(await stage.dc.control.requests({ method: 'payments.sendStarsForm' })).toHaveLength(1);
});

test('a payment whose answer was lost was made: the same form is refused as submitted', async () => {
  const { formId } = await account.paymentForm(order());
  const before = await paid();
  await fault('payments.sendStarsForm', { kind: 'drop', when: 'after' });
  await expect(account.pay(order(), formId)).rejects.toMatchObject({ consequence: 'unknown-outcome' });
  expect((await refusal(() => account.pay(order(), formId))).consequence).toBe('already-submitted');
  expect(await paid()).toBe(before + 1);
});

test('reads that get no clear answer may be repeated later; none is repeated or slept out by itself', async () => {
  await fault('payments.getStarGifts', { kind: 'error', code: 500, message: 'RPC_CALL_FAIL' });
  expect((await refusal(() => account.starGifts(0))).consequence).toBe('retry-later');
  await fault('payments.getStarGifts', { kind: 'error', code: 420, message: 'FLOOD_WAIT_3' });
  const startedAt = performance.now();
  expect(await refusal(() => account.starGifts(0))).toMatchObject({ consequence: 'retry-later', retryAfterMs: 3_000 });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('a gift that is no longer sold at the price says so before anything is paid', async () => {
  await stage.dc.control.releaseGifts({ gifts: [{ id: '88', stars: 100, formStars: 250, total: 5 }] });
  expect(await account.paymentForm({ giftId: '88', target: channelId })).toMatchObject({ stars: 250 });
  expect((await refusal(() => account.paymentForm({ giftId: '404', target: channelId }))).code).toBe(
    'STARGIFT_INVALID',
  );
});

test('fetches the animation of a gift', async () => {
  const list = await account.starGifts(0);
  const stickerId = list?.gifts[0]?.stickerId ?? '';
  const tgs = await account.sticker(stickerId);
  expect(tgs.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
});

test('a revoked session is unusable at once, and when it is opened', async () => {
  const person = await stage.person();
  const other = await stage.accounts.open(person.keys);
  await stage.dc.control.revoke({ account: person.phone, error: 'SESSION_REVOKED' });
  expect(await refusal(() => other.starBalance())).toMatchObject({ consequence: 'account-unusable' });
  await other.close();
  expect(await refusal(() => stage.accounts.open(person.keys))).toMatchObject({ consequence: 'account-unusable' });
});

test('a frozen account can look but not buy', async () => {
  const person = await stage.person({ balance: 1_000 });
  const other = await stage.accounts.open(person.keys);
  await stage.dc.control.changeUser({ account: person.phone, state: 'frozen' });
  expect(await other.starBalance()).toBe(1_000);
  expect(await refusal(() => other.paymentForm({ giftId: GIFT, target: '@open_gifts' }))).toMatchObject({
    ...{ consequence: 'account-unusable', code: 'FROZEN_METHOD_INVALID' },
  });
  await other.close();
});

test('the library installs no handler that ends the process on a signal', async () => {
  expect(process.listenerCount('SIGTERM')).toBe(signalHandlers);
});

test('closing ends the connection', async () => {
  const person = await stage.person();
  const before = (await stage.dc.control.counters({})).openConnections;
  const other = await stage.accounts.open(person.keys);
  expect((await stage.dc.control.counters({})).openConnections).toBe(before + 1);
  await other.close();
  await expect.poll(async () => (await stage.dc.control.counters({})).openConnections).toBe(before);
});
