import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareHost, type HostClaim } from './host-share.ts';

const claim = (crawlId: string, own: Partial<HostClaim> = {}): HostClaim => ({
  crawlId,
  cap: 4,
  delayMs: 0,
  slots: 0,
  paceMs: 0,
  joinedAt: 0,
  ...own,
});

test('a crawl that is alone gets all that its source allows', () => {
  expect(shareHost(claim('a', { delayMs: 300 }), [])).toEqual({ slots: 4, delayMs: 300 });
});

test('two crawls share the smaller cap, and the longer delay holds for both', () => {
  const a = claim('a', { cap: 8 });
  const b = claim('b', { cap: 3, delayMs: 500, joinedAt: 1 });
  expect(shareHost(a, [b])).toEqual({ slots: 2, delayMs: 500 });
  expect(shareHost(b, [{ ...a, paceMs: 500 }])).toEqual({ slots: 1, delayMs: 500 });
});

test('who comes waits for what the other one still holds, and for as long as that one sends faster', () => {
  const busy = claim('a', { slots: 4 });
  const late = claim('b', { joinedAt: 1 });
  expect(shareHost(late, [busy]).slots).toBe(0);
  expect(shareHost(late, [{ ...busy, slots: 3 }]).slots).toBe(1);
  const slow = { ...late, delayMs: 100 };
  expect(shareHost(slow, [{ ...busy, slots: 1 }]).slots).toBe(0);
  expect(shareHost(slow, [{ ...busy, slots: 1, paceMs: 100 }]).slots).toBe(2);
});

test('with one slot for two, the one that has waited longer gets it', () => {
  const [a, b] = [claim('a', { cap: 1, joinedAt: 20 }), claim('b', { cap: 1, joinedAt: 5 })];
  expect(shareHost(a, [b]).slots).toBe(0);
  expect(shareHost(b, [a]).slots).toBe(1);
});

test('a dead batch of the same crawl keeps its slots, but is no second crawl', () => {
  expect(shareHost(claim('a'), [claim('a', { slots: 3 })]).slots).toBe(1);
  expect(shareHost(claim('a'), [claim('a')]).slots).toBe(4);
});

const claims = fc.array(
  fc.record({ cap: fc.integer({ min: 1, max: 16 }), delayMs: fc.constantFrom(0, 100), joinedAt: fc.nat(3) }),
  { minLength: 1, maxLength: 6 },
);

test('whoever asks, in whatever order, the smallest cap is never exceeded, and in the end all of it is used', () => {
  fc.assert(
    fc.property(claims, fc.array(fc.nat(5), { maxLength: 40 }), (wanted, order) => {
      const held = wanted.map((own, n) => claim(String(n), own));
      const cap = Math.min(...held.map((own) => own.cap));
      const ask = (turn: number): void => {
        const n = turn % held.length;
        const own = held[n];
        if (own === undefined) return;
        const { slots, delayMs } = shareHost(
          own,
          held.filter((other) => other !== own),
        );
        held[n] = { ...own, slots, paceMs: delayMs };
        expect(held.reduce((sum, other) => sum + other.slots, 0)).toBeLessThanOrEqual(cap);
      };
      order.forEach(ask);
      for (let round = 0; round < 3; round += 1) held.forEach((_, n) => ask(n));
      expect(held.reduce((sum, other) => sum + other.slots, 0)).toBe(cap);
    }),
  );
});
