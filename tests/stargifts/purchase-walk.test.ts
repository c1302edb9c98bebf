import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LeaseLostError } from '../../activities/stargifts/purchase-walk.ts';
import { stopDropRow } from '../../db/repositories/drops.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { shelfOf, startBuyingStage, type BuyingStage } from '../support/buying-stage.ts';
import { ScriptedTelegram, type Shelf } from '../support/scripted-telegram.ts';

let stage: BuyingStage;
beforeAll(async () => {
  stage = await startBuyingStage();
});
afterAll(async () => {
  await stage.stop();
});

/** A buyer, its account at Telegram, and a drop with one copy of each of these gifts. */
async function dropOf(shelf: Shelf, { balance = 1_000 } = {}) {
  const buyer = await stage.buyer(balance);
  const account = new ScriptedTelegram(shelf, balance);
  const operations = [...shelf.values()].map(({ id: giftId, priceStars }) => ({ ...buyer, giftId, priceStars }));
  const dropId = await stage.drop(buyer.userId, operations);
  return { ...buyer, dropId, account, input: { ...buyer, dropId } };
}

const states = async (dropId: string) => (await stage.rows(dropId)).map(({ state }) => state);
const stars = async (accountId: string) =>
  (
    await stage
      .em()
      .execute<{ stars: number }[]>('select stars::int as stars from telegram_account where id = ?', [accountId])
  )[0]?.stars;

/** Refuses the next call of this method, once. */
function refuse(account: ScriptedTelegram, [method, when]: readonly [string, 'before' | 'after'], err: Error): void {
  account.onCall = (called, at) => {
    if (called !== method || at !== when) return;
    account.onCall = () => undefined;
    throw err;
  };
}

test('a plan is bought in its order, each copy once, and the balance is kept', async () => {
  const { account, input, dropId, accountId } = await dropOf(shelfOf(50, 70, 30));
  expect(await stage.walk(input, account)).toMatchObject({ paid: 3, rejected: 0, freed: false, waitMs: null });
  expect(account.charges.map(({ giftId }) => giftId)).toEqual(['3', '2', '1']);
  expect(await states(dropId)).toEqual(['PAID', 'PAID', 'PAID']);
  expect([account.balance, await stars(accountId)]).toEqual([850, 850]);
  expect(await stage.walk(input, account)).toMatchObject({ paid: 0 });
  expect(account.charges).toHaveLength(3);
});

test('killed before or after any statement and any call, and begun anew: both ledgers agree to the star', async () => {
  class Killed extends Error {}
  let deaths = 0;
  for (let at = 1; ; at += 1) {
    const { account, input, dropId, accountId } = await dropOf(shelfOf(50, 70));
    let left = at;
    const point = () => {
      left -= 1;
      if (left === 0) throw new Killed();
    };
    account.onCall = point;
    const isKilled = await stage.walk(input, account, point).then(
      () => false,
      (err: unknown) => {
        if (!(err instanceof Killed)) throw err;
        return true;
      },
    );
    account.onCall = () => undefined;
    await stage.walk(input, account);
    expect([at, await states(dropId)]).toEqual([at, ['PAID', 'PAID']]);
    expect(account.charges.map(({ stars: spent }) => spent).sort()).toEqual([-50, -70]);
    expect([account.balance, await stars(accountId)]).toEqual([880, 880]);
    if (!isKilled) break;
    deaths += 1;
  }
  expect(deaths).toBeGreaterThan(20);
});

describe('a payment whose outcome is unknown', () => {
  const lost = () => new TelegramError('unknown-outcome', 'TIMEOUT');

  test('is found among the transactions when it was made, and not sent again', async () => {
    const { account, input, dropId } = await dropOf(shelfOf(50));
    refuse(account, ['pay', 'after'], lost());
    await stage.walk(input, account);
    expect(await states(dropId)).toEqual(['PAID']);
    expect(account.charges).toHaveLength(1);
    expect(account.calls.filter((call) => call === 'pay')).toHaveLength(1);
  });

  test('goes out once more with the same form when it was not made', async () => {
    const { account, input, dropId } = await dropOf(shelfOf(50));
    refuse(account, ['pay', 'before'], lost());
    await stage.walk(input, account);
    expect(await stage.rows(dropId)).toMatchObject([{ state: 'PAID', forms: 1, sends: 2 }]);
    expect(account.charges).toHaveLength(1);
  });

  test('is bought with a new form only after the books had time to show it and do not', async () => {
    const { account, input, dropId } = await dropOf(shelfOf(50, 70));
    let losses = 0;
    account.onCall = (method, when) => {
      if (method !== 'pay' || when !== 'before' || losses === 2) return;
      losses += 1;
      throw lost();
    };
    const first = await stage.walk(input, account);
    expect(first.waitMs).toBeGreaterThan(10_000);
    expect(await states(dropId)).toEqual(['UNKNOWN', 'PAID']); // the others do not wait for it
    await stage.age(dropId, 20_000);
    expect(await stage.walk(input, account)).toMatchObject({ paid: 1, waitMs: null });
    expect(await stage.rows(dropId)).toMatchObject([{ state: 'PAID', forms: 2 }, { state: 'PAID' }]);
    expect(account.charges).toHaveLength(2);
  });

  test('is not sent again once the drop was stopped', async () => {
    const { account, input, dropId, userId } = await dropOf(shelfOf(50));
    refuse(account, ['pay', 'before'], lost());
    account.onCall = (method, when) => {
      if (method === 'pay' && when === 'before') throw lost();
    };
    const stopping = stage.walk(input, account, () => undefined);
    await stopping;
    await stopDropRow(stage.em(), userId, dropId);
    account.onCall = () => undefined;
    await stage.age(dropId, 20_000);
    const sent = account.calls.filter((call) => call === 'pay').length;
    await stage.walk(input, account);
    expect(account.calls.filter((call) => call === 'pay')).toHaveLength(sent);
    expect(await stage.rows(dropId)).toMatchObject([{ state: 'REJECTED', code: 'STOPPED' }]);
    expect(account.charges).toHaveLength(0);
  });
});

describe('a refusal', () => {
  test('sold out closes the gift for every account of the drop', async () => {
    const shelf = shelfOf(50);
    const { account, input, dropId, userId } = await dropOf(shelf);
    const gift = shelf.get('1');
    if (gift !== undefined) shelf.set('1', { ...gift, remaining: 0 });
    const other = await stage.buyer(1_000);
    const operations = [input.accountId, input.accountId, other.accountId].map((accountId) => ({
      ...{ accountId, giftId: '1', priceStars: 50 },
    }));
    const drop = await stage.drop(userId, operations);
    expect(await stage.walk({ ...input, dropId: drop }, account)).toMatchObject({ paid: 0, freed: true });
    expect(await states(drop)).toEqual(['REJECTED', 'REJECTED', 'REJECTED']);
    expect(account.calls).toEqual(['paymentForm', 'pay']);
    expect(await states(dropId)).toEqual(['PLANNED']);
  });

  test('a gift that became dearer is not bought', async () => {
    const shelf = shelfOf(50);
    const { account, input, dropId } = await dropOf(shelf);
    const gift = shelf.get('1');
    if (gift !== undefined) shelf.set('1', { ...gift, priceStars: 51 });
    await stage.walk(input, account);
    expect(await stage.rows(dropId)).toMatchObject([{ state: 'REJECTED', failure: 'price-changed' }]);
    expect(account.charges).toHaveLength(0);
  });

  test('a cheaper one is, and the row says what was paid', async () => {
    const shelf = shelfOf(50);
    const { account, input, dropId, accountId } = await dropOf(shelf);
    const gift = shelf.get('1');
    if (gift !== undefined) shelf.set('1', { ...gift, priceStars: 40 });
    await stage.walk(input, account);
    expect(await stage.rows(dropId)).toMatchObject([{ state: 'PAID', price: 40 }]);
    expect([account.balance, await stars(accountId)]).toEqual([960, 960]);
  });

  test('too few stars sets the rest of the account free for the next plan', async () => {
    const { account, input, dropId } = await dropOf(shelfOf(50, 70));
    account.balance = 20;
    expect(await stage.walk(input, account)).toMatchObject({ paid: 0, freed: true });
    expect(await stage.rows(dropId)).toMatchObject([{ failure: 'balance' }, { failure: null, code: 'GIVEN_UP' }]);
  });

  test('an account that Telegram closed is taken out', async () => {
    const { account, input, dropId } = await dropOf(shelfOf(50, 70));
    refuse(account, ['paymentForm', 'before'], new TelegramError('account-unusable', 'AUTH_KEY_UNREGISTERED'));
    expect(await stage.walk(input, account)).toMatchObject({ unusable: true, freed: true, waitMs: null });
    expect(await states(dropId)).toEqual(['REJECTED', 'REJECTED']);
  });

  test('a short flood wait is sat out, a long one is handed to the workflow', async () => {
    const { account, input, dropId } = await dropOf(shelfOf(50));
    refuse(account, ['pay', 'before'], new TelegramError('retry-later', 'FLOOD_WAIT_X', { retryAfterMs: 3_000 }));
    expect(await stage.walk(input, account)).toMatchObject({ paid: 1, waitMs: null });
    expect(await states(dropId)).toEqual(['PAID']);
    const long = await dropOf(shelfOf(50));
    refuse(long.account, ['pay', 'before'], new TelegramError('retry-later', 'FLOOD_WAIT_X', { retryAfterMs: 40_000 }));
    expect(await stage.walk(long.input, long.account)).toMatchObject({ paid: 0, waitMs: 40_000 });
    expect(await states(long.dropId)).toEqual(['FORM']);
    expect(await stage.walk(long.input, long.account)).toMatchObject({ paid: 1, waitMs: null });
    expect(long.account.charges).toHaveLength(1);
  });
});

describe('nothing is bought any more', () => {
  test.each([
    ['when the drop is stopped', 'update drop_run set stop_at = now() where user_id = ?'],
    ['when the switch is turned off', 'update user_settings set autobuy_on = false where user_id = ?'],
  ])('%s, before the next purchase', async (_name, sql) => {
    const { account, input, dropId, userId } = await dropOf(shelfOf(50, 70, 30));
    let forms = 0;
    account.onCall = (method, when) => {
      if (method === 'paymentForm' && when === 'after') forms += 1;
    };
    const realForm = account.paymentForm.bind(account);
    account.paymentForm = async (order) => {
      const form = await realForm(order);
      // Between the second form and its payment.
      if (forms === 2) await stage.em().execute(sql, [userId]);
      return form;
    };
    await stage.walk(input, account);
    expect(await states(dropId)).toEqual(['PAID', 'REJECTED', 'REJECTED']);
    expect(account.charges).toHaveLength(1);
  });

  test('when another host has the account: not a line is written, and its own walk finishes the plan', async () => {
    const { account, input, dropId, accountId } = await dropOf(shelfOf(50, 70));
    const realPay = account.pay.bind(account);
    account.pay = async (order, formId) => {
      await realPay(order, formId);
      await stage.em().execute('update telegram_account set lease_fence = 2 where id = ?', [accountId]);
    };
    await expect(stage.walk(input, account)).rejects.toThrow(LeaseLostError);
    expect(await states(dropId)).toEqual(['SENDING', 'PLANNED']);
    account.pay = realPay;
    await stage.walk({ ...input, fence: '2' }, account);
    expect(await states(dropId)).toEqual(['PAID', 'PAID']);
    expect(account.charges).toHaveLength(2);
  });
});
