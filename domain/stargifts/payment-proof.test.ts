import { expect, test } from 'vitest';
import { countFrom, findPayment, type ProofTransaction } from './payment-proof.ts';

const payment = { giftId: '7', target: '-1001', priceStars: 50 };
const spent = (id: string, change: Partial<ProofTransaction> = {}): ProofTransaction => ({
  ...{ id, stars: -50, giftId: '7', peer: '-1001', isRefund: false, isFailed: false },
  ...change,
});
const MINUTE = 60_000;

test('one transaction more than we know of is the payment in doubt, the newest of them', () => {
  expect(findPayment(payment, [spent('b'), spent('a')], 1)?.id).toBe('b');
  expect(findPayment(payment, [spent('a')], 1)).toBeNull();
  expect(findPayment(payment, [], 0)).toBeNull();
});

test.each([
  ['another gift', { giftId: '8' }],
  ['another receiver', { peer: '-1002' }],
  ['another amount', { stars: -51 }],
  ['stars that came in', { stars: 50 }],
  ['a refund', { isRefund: true }],
  ['a failed one', { isFailed: true }],
])('%s proves nothing', (_name, change) => {
  expect(findPayment(payment, [spent('a', change)], 0)).toBeNull();
});

test('a receiver by name, or one that Telegram does not say, is taken by gift and amount', () => {
  expect(findPayment({ ...payment, target: '@shop' }, [spent('a')], 0)?.id).toBe('a');
  expect(findPayment(payment, [spent('a', { peer: null })], 0)?.id).toBe('a');
});

test('like payments are counted from a quiet moment on, so that no clock puts one on the wrong side', () => {
  const sentAt = 100 * MINUTE;
  expect(countFrom(sentAt, [])).toBe(99 * MINUTE);
  expect(countFrom(sentAt, [98.5 * MINUTE, 97 * MINUTE, 60 * MINUTE])).toBe(96 * MINUTE);
  expect(countFrom(sentAt, [60 * MINUTE])).toBe(99 * MINUTE);
});
