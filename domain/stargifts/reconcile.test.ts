import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile, SETTLED_AFTER_MS, type BookEntry, type Books, type SentPurchase } from './reconcile.ts';

const START = 1_000_000_000;

const sent = (id: string, status: SentPurchase['status'], part: Partial<SentPurchase> = {}): SentPurchase => ({
  id,
  status,
  giftId: '5',
  target: '-1001',
  priceStars: 10,
  firstSentAt: START,
  lastSentAt: START,
  ...part,
});

const entry = (part: Partial<BookEntry> = {}): BookEntry => ({
  at: START,
  stars: -10,
  giftId: '5',
  peer: '-1001',
  isRefund: false,
  isPending: false,
  isFailed: false,
  ...part,
});

const books = (transactions: readonly BookEntry[], part: Partial<Books> = {}): Books => ({
  accountTelegramId: '777',
  transactions,
  completeSince: START - 60_000,
  readAt: START + SETTLED_AFTER_MS,
  savedGifts: new Map(),
  ...part,
});

const verdicts = (purchases: readonly SentPurchase[], said: Books) => Object.fromEntries(reconcile(purchases, said));

describe('reconciling', () => {
  it('finds the debit of a doubtful purchase, or that there is none', () => {
    expect(verdicts([sent('a', 'UNKNOWN')], books([entry()]))).toEqual({ a: 'paid' });
    expect(verdicts([sent('a', 'UNKNOWN')], books([]))).toEqual({ a: 'not-paid' });
  });

  it('leaves to proved purchases what is theirs', () => {
    const purchases = [sent('a', 'PAID'), sent('b', 'UNKNOWN', { firstSentAt: START + 900 })];
    expect(verdicts(purchases, books([entry()]))).toEqual({ b: 'not-paid' });
    expect(verdicts(purchases, books([entry(), entry()]))).toEqual({ b: 'paid' });
  });

  it.each<[string, Partial<BookEntry>]>([
    ['another gift', { giftId: '6' }],
    ['another receiver', { peer: '-1002' }],
    ['another amount', { stars: -11 }],
    ['an older date', { at: START - 20_000 }],
    ['a failure', { isFailed: true }],
    ['an income', { stars: 10 }],
  ])('does not take a transaction with %s for it', (_, part) => {
    expect(verdicts([sent('a', 'UNKNOWN')], books([entry(part)]))).toEqual({ a: 'not-paid' });
  });

  it('takes a receiver that is not said, or is known by name only, for the right one', () => {
    expect(verdicts([sent('a', 'UNKNOWN')], books([entry({ peer: null })]))).toEqual({ a: 'paid' });
    expect(verdicts([sent('a', 'UNKNOWN', { target: '@mine' })], books([entry()]))).toEqual({ a: 'paid' });
  });

  it('counts a refunded debit as none', () => {
    expect(verdicts([sent('a', 'UNKNOWN')], books([entry(), entry({ isRefund: true, stars: 10 })]))).toEqual({
      a: 'not-paid',
    });
  });

  it('proves nothing too early, from half a list, or while a debit is pending', () => {
    const doubtful = [sent('a', 'UNKNOWN')];
    expect(verdicts(doubtful, books([], { readAt: START + 1000 }))).toEqual({ a: 'undecided' });
    expect(verdicts(doubtful, books([], { completeSince: START }))).toEqual({ a: 'undecided' });
    expect(verdicts(doubtful, books([entry({ isPending: true })]))).toEqual({ a: 'undecided' });
    expect(verdicts(doubtful, books([entry()], { readAt: START + 1000 }))).toEqual({ a: 'paid' });
  });

  it('believes the channel where it shows the gift as ours', () => {
    const shown = (fromId: string | null) => new Map([['-1001', [{ giftId: '5', at: START, fromId }]]]);
    expect(verdicts([sent('a', 'UNKNOWN')], books([], { savedGifts: shown('777') }))).toEqual({ a: 'paid' });
    expect(verdicts([sent('a', 'UNKNOWN')], books([], { savedGifts: shown('888') }))).toEqual({ a: 'not-paid' });
    expect(verdicts([sent('a', 'UNKNOWN')], books([], { savedGifts: shown(null) }))).toEqual({ a: 'not-paid' });
  });

  it('finds exactly as many paid ones as the ledger debited', () => {
    const buys = fc.array(
      fc.record({ isKnown: fc.boolean(), isCharged: fc.boolean(), giftId: fc.constantFrom('5', '6') }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(buys, (script) => {
        const purchases = script.map(({ isKnown, isCharged, giftId }, place) =>
          sent(String(place), isKnown && isCharged ? 'PAID' : 'UNKNOWN', { giftId, firstSentAt: START + place * 200 }),
        );
        const debits = script.flatMap(({ isCharged, giftId }, place) =>
          isCharged ? [entry({ giftId, at: Math.floor((START + place * 200) / 1000) * 1000 })] : [],
        );
        const said = [...reconcile(purchases, books(debits)).values()];
        const proved = purchases.filter(({ status }) => status === 'PAID').length;
        expect(said.filter((one) => one === 'paid')).toHaveLength(debits.length - proved);
        expect(said).not.toContain('undecided');
      }),
    );
  });
});
