import { describe, expect, it } from 'vitest';
import { aGift } from '../../tests/support/gift-plans.ts';
import { compareList, type KnownGift } from './gift-changes.ts';
import { mergeLists } from './merged-list.ts';
import type { StarGift } from './star-gift.ts';

const NOW = 10_000_000;

const known = (gift: StarGift, part: Partial<KnownGift> = {}): KnownGift => ({
  gift: { ...gift, perUserRemaining: null, lockedUntil: null },
  appearedAt: null,
  locks: { a: gift.lockedUntil },
  ...part,
});

const ledger = (...gifts: readonly KnownGift[]) => new Map(gifts.map((one) => [one.gift.id, one]));

const changes = (before: KnownGift, after: StarGift, accountId = 'a') =>
  compareList(ledger(before), { accountId, gifts: [after] }, NOW).changes;

describe('comparing a list with the ledger', () => {
  it('takes everything as known at the very first poll', () => {
    const first = compareList(null, { accountId: 'a', gifts: [aGift('1')] }, NOW);
    expect(first.changes).toEqual([]);
    expect(first.changed).toMatchObject([{ gift: { id: '1' }, appearedAt: null }]);
    expect(compareList(ledger(), { accountId: 'a', gifts: [aGift('1')] }, NOW)).toMatchObject({
      changes: [{ kind: 'appeared', giftId: '1' }],
      changed: [{ appearedAt: NOW }],
    });
  });

  it('says nothing, and writes nothing, when nothing has changed', () => {
    const same = compareList(ledger(known(aGift('1'))), { accountId: 'a', gifts: [aGift('1')] }, NOW);
    expect(same).toEqual({ changes: [], changed: [] });
  });

  it('writes a falling stock without an event', () => {
    const fallen = compareList(
      ledger(known(aGift('1'))),
      { accountId: 'a', gifts: [aGift('1', { remaining: 9 })] },
      NOW,
    );
    expect(fallen.changes).toEqual([]);
    expect(fallen.changed).toMatchObject([{ gift: { remaining: 9 } }]);
  });

  it('finds restock, new price, upgrade and the start of an auction', () => {
    const gone = aGift('1', { remaining: 0, isSoldOut: true });
    expect(changes(known(gone), aGift('1', { remaining: 5 }))).toEqual([
      { kind: 'restocked', giftId: '1', remaining: 5, total: 1000 },
    ]);
    expect(changes(known(aGift('1')), aGift('1', { total: 2000, remaining: 1090 }))).toMatchObject([
      { kind: 'restocked' },
    ]);
    expect(changes(known(aGift('1')), aGift('1', { priceStars: 12 }))).toEqual([
      { kind: 'price-changed', giftId: '1', fromStars: 10, toStars: 12 },
    ]);
    expect(changes(known(aGift('1')), aGift('1', { upgradeStars: 25 }))).toEqual([
      { kind: 'became-upgradable', giftId: '1', upgradeStars: 25 },
    ]);
    expect(changes(known(aGift('1')), aGift('1', { isAuction: true }))).toEqual([
      { kind: 'auction-started', giftId: '1' },
    ]);
  });

  it('says how long a gift lasted: by its sales, else since it appeared, else not', () => {
    const gone = aGift('1', { remaining: 0, isSoldOut: true });
    const sold = (lastedMs: number | null) => [{ kind: 'sold-out', giftId: '1', lastedMs }];
    const seen = known(aGift('1'), { appearedAt: NOW - 7000 });
    expect(changes(seen, { ...gone, firstSaleAt: NOW - 9000, lastSaleAt: NOW - 1000 })).toEqual(sold(8000));
    expect(changes(seen, gone)).toEqual(sold(7000));
    expect(changes(known(aGift('1')), gone)).toEqual(sold(null));
    expect(changes(known(gone), gone)).toEqual([]);
  });

  it('makes no event of what differs from account to account', () => {
    const before = known(aGift('1', { lockedUntil: null }), { locks: { a: null, b: NOW + 5000 } });
    expect(changes(before, aGift('1', { lockedUntil: null, perUserRemaining: 3 }), 'a')).toEqual([]);
    expect(changes(before, aGift('1', { lockedUntil: NOW + 5000, perUserRemaining: 0 }), 'b')).toEqual([]);
    const third = compareList(ledger(before), { accountId: 'c', gifts: [aGift('1', { lockedUntil: NOW + 9 })] }, NOW);
    expect(third.changes).toEqual([]);
    expect(third.changed).toMatchObject([{ locks: { a: null, b: NOW + 5000, c: NOW + 9 } }]);
  });

  it('tells a lock that changed once, not once an account', () => {
    const before = known(aGift('1'), { locks: { a: NOW + 1, b: NOW + 1 } });
    const list = { accountId: 'a', gifts: [aGift('1', { lockedUntil: null })] };
    const first = compareList(ledger(before), list, NOW);
    expect(first.changes).toEqual([{ kind: 'lock-changed', giftId: '1', from: NOW + 1, to: null }]);
    expect(compareList(ledger(...first.changed), { ...list, accountId: 'b' }, NOW).changes).toEqual([]);
  });

  it('leaves a gift alone that a list does not show', () => {
    expect(compareList(ledger(known(aGift('1'))), { accountId: 'a', gifts: [] }, NOW)).toEqual({
      changes: [],
      changed: [],
    });
  });
});

describe('merging lists', () => {
  const a = {
    accountId: 'a',
    gifts: [aGift('1', { remaining: 5, perUserRemaining: 2, lockedUntil: NOW }), aGift('2')],
  };
  const b = {
    accountId: 'b',
    gifts: [aGift('1', { remaining: 3, priceStars: 12, title: 'Cake', perUserRemaining: 0 })],
  };

  it('keeps what each account was told, and one careful row for all', () => {
    const { gifts, terms } = mergeLists([a, b]);
    expect(gifts.map(({ id }) => id)).toEqual(['1', '2']);
    expect(gifts[0]).toMatchObject({ remaining: 3, priceStars: 12, title: 'Cake', lockedUntil: null });
    expect(terms.get('a')?.get('1')).toEqual({ perUserRemaining: 2, lockedUntil: NOW });
    expect(terms.get('b')?.get('1')).toEqual({ perUserRemaining: 0, lockedUntil: null });
    expect(terms.get('b')?.has('2')).toBe(false);
  });

  it('does not depend on the order of the lists', () => {
    const byId = (one: StarGift, other: StarGift): number => Number(one.id) - Number(other.id);
    expect(mergeLists([b, a]).gifts.toSorted(byId)).toEqual(mergeLists([a, b]).gifts.toSorted(byId));
  });
});
