import type { TelegramClient, tl } from '@mtcute/node';
import Long from 'long';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FaultInput } from '../../sandbox/telegram-dc/faults.ts';
import { startTelegramDc, type RunningTelegramDc } from '../../sandbox/telegram-dc/server.ts';
import { ONCE, connectAs, refusalOf } from './telegram-dc-client.ts';

let dc: RunningTelegramDc;
const phone = '79992000001';
let client: TelegramClient;
let invoice: tl.RawInputInvoiceStarGift;
const FORM = 'payments.getPaymentForm';
const PAY = 'payments.sendStarsForm';

beforeAll(async () => {
  dc = await startTelegramDc();
  const user = await dc.control.addUser({ phone, balance: 10_000 });
  client = await connectAs(dc, phone);
  const [gift] = await dc.control.releaseGifts({ gifts: [{ stars: 100 }] });
  expect(user.balance).toBe(10_000);
  invoice = { _: 'inputInvoiceStarGift', peer: { _: 'inputPeerSelf' }, giftId: Long.fromString(gift?.id ?? '') };
});
afterAll(async () => {
  const counters = await dc.control.counters({});
  expect(counters).toMatchObject({ duplicatedKeys: 0, doubleCharges: 0, unbalancedAccounts: 0, brokenCalls: [] });
  await client.destroy();
  await dc.stop();
});
afterEach(async () => await dc.control.clearFaults({}));

async function arm(fault: FaultInput): Promise<void> {
  await dc.control.addFaults({ faults: [fault] });
}

async function formId(): Promise<tl.Long> {
  const form = await client.call({ _: FORM, invoice }, ONCE);
  return form.formId;
}

async function pay(id: tl.Long, timeout: number = ONCE.timeout) {
  return await client.call({ _: PAY, formId: id, invoice }, { ...ONCE, timeout });
}

async function spent(): Promise<number> {
  const { balance, purchases } = await dc.control.ledger({ account: phone });
  expect(purchases.reduce((sum, { stars }) => sum + stars, 0)).toBe(10_000 - balance);
  return 10_000 - balance;
}

describe('the connection is cut', () => {
  test('after the charge: the client comes back and is given the answer, charged once', async () => {
    const before = await spent();
    const id = await formId();
    await arm({ kind: 'drop', method: PAY, when: 'after' });
    expect((await pay(id))._).toBe('payments.paymentResult');
    expect(await spent()).toBe(before + 100);
  });

  test('before the charge: the same call is done when it comes again', async () => {
    const before = await spent();
    const id = await formId();
    await arm({ kind: 'drop', method: PAY, when: 'before', account: phone });
    expect((await pay(id))._).toBe('payments.paymentResult');
    expect(await spent()).toBe(before + 100);
  });

  test('after the charge, and the answer is forgotten: the form was already submitted, charged once', async () => {
    const before = await spent();
    const id = await formId();
    await arm({ kind: 'forget', method: PAY });
    expect(await refusalOf(pay(id))).toBe('FORM_SUBMIT_DUPLICATE');
    expect(await spent()).toBe(before + 100);
  });
});

describe('the answer', () => {
  test('never comes, with or without the charge', async () => {
    const before = await spent();
    const [first, second] = [await formId(), await formId()];
    await arm({ kind: 'hang', method: PAY, when: 'before' });
    expect(await refusalOf(pay(first, 100))).toBe('TIMEOUT');
    expect(await spent()).toBe(before);
    await arm({ kind: 'hang', method: PAY, when: 'after' });
    expect(await refusalOf(pay(second, 100))).toBe('TIMEOUT');
    expect(await spent()).toBe(before + 100);
    expect(await refusalOf(pay(second))).toBe('FORM_SUBMIT_DUPLICATE');
  });

  test('comes late, and every answer takes the round trip that was set', async () => {
    await arm({ kind: 'late', method: FORM, delayMs: 80 });
    await formId();
    await dc.control.setRoundTrip({ ms: 40 });
    await formId();
    await dc.control.setRoundTrip({ ms: 0 });
    const calls = (await dc.control.requests({ method: FORM })).slice(-2);
    const [late, far] = calls.map(({ receivedAt, answeredAt }) => (answeredAt ?? 0) - receivedAt);
    expect(late).toBeGreaterThanOrEqual(78);
    expect(far).toBeGreaterThanOrEqual(38);
    expect(calls.map(({ fault }) => fault)).toEqual(['late', null]);
  });

  test('is an error as often as asked, after as many calls as asked, of the methods asked', async () => {
    await arm({ kind: 'error', method: 'payments.*', code: 400, message: 'PEER_FLOOD', after: 1, times: 2 });
    await formId();
    expect(await refusalOf(formId())).toBe('PEER_FLOOD');
    expect((await client.getMe()).phoneNumber).toBe(phone);
    expect(await dc.control.faults({})).toMatchObject([{ left: 1 }]);
    expect(await refusalOf(formId())).toBe('PEER_FLOOD');
    await arm({ kind: 'error', method: FORM, code: 500, message: 'RPC_CALL_FAIL', account: '1' });
    await formId();
    await arm({ kind: 'error', method: FORM, code: 500, message: 'RPC_CALL_FAIL' });
    expect(await refusalOf(formId())).toBe('RPC_CALL_FAIL');
  });

  test('is an error although the stars are gone', async () => {
    const before = await spent();
    const id = await formId();
    await arm({ kind: 'error', method: PAY, code: 500, message: 'INTERNAL', when: 'after' });
    expect(await refusalOf(pay(id))).toBe('INTERNAL');
    expect(await spent()).toBe(before + 100);
  });
});

test('the form costs another price than the list said', async () => {
  const giftId = invoice.giftId.toString();
  await dc.control.changeGift({ id: giftId, formStars: 150 });
  const form = await client.call({ _: FORM, invoice }, ONCE);
  if (form._ !== 'payments.paymentFormStarGift') throw new Error(`a form of another kind: ${form._}`);
  expect(form.invoice.prices[0]?.amount.toString()).toBe('150');
  await dc.control.changeGift({ id: giftId, formStars: null });
});

test('a gift is sold out between form and payment', async () => {
  const [gift] = await dc.control.releaseGifts({ gifts: [{ stars: 5, total: 100 }] });
  const soldOut = { ...invoice, giftId: Long.fromString(gift?.id ?? '') };
  const form = await client.call({ _: FORM, invoice: soldOut }, ONCE);
  await dc.control.changeGift({ id: gift?.id ?? '', remaining: 0 });
  const late = client.call({ _: PAY, formId: form.formId, invoice: soldOut }, ONCE);
  expect(await refusalOf(late)).toBe('STARGIFT_USAGE_LIMITED');
});
