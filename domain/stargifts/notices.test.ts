import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeLine, durationText, giftCard, giftDigest } from './notice-text.ts';
import { giftsOfDigest, noticesFor, stickerNotices, type NoticeInput } from './notices.ts';
import type { StarGift } from './star-gift.ts';

const gift = (id: string, change: Partial<StarGift> = {}): StarGift => ({
  ...{ id, title: null, priceStars: 1_500, isLimited: true, total: 20_000, remaining: 15_943, isSoldOut: false },
  ...{ requiresPremium: false, isAuction: false, perUserTotal: null, perUserRemaining: null, lockedUntil: null },
  ...{ upgradeStars: null, firstSaleAt: null, lastSaleAt: null, stickerId: null },
  ...change,
});
const input = (gifts: readonly StarGift[], change: Partial<NoticeInput> = {}): NoticeInput => ({
  ...{ userId: 'u', changes: [], restated: [], language: 'ru', chats: ['5'], silent: false, nowMs: 7_200_000 },
  ...{ gifts: new Map(gifts.map((one) => [one.id, one])), digests: [] },
  ...change,
});
/** Numbers are grouped by spaces that do not break. */
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const appeared = (...ids: readonly string[]) => ids.map((giftId) => ({ kind: 'appeared', giftId }) as const);
const htmls = (given: NoticeInput): string[] =>
  noticesFor(given).map(({ payload }) => ('html' in payload ? payload.html : ''));

test('a card says everything that a buyer asks, escaped', () => {
  const full = { title: 'A <b> & "c"', requiresPremium: true, perUserTotal: 3, upgradeStars: 25_000, isAuction: true };
  expect(plain(giftCard(gift('7', { ...full, lockedUntil: Date.UTC(2026, 11, 1, 9, 30) }), 'ru'))).toBe(
    [
      '🎁 Новый подарок <b>A &lt;b&gt; &amp; &quot;c&quot;</b>',
      '💰 Цена: 1 500 ⭐',
      '📦 Осталось: 15 943 из 20 000 (80%)',
      '💎 Только с Premium',
      '👤 В одни руки: 3',
      '🔒 Отправить можно после 2026-12-01 09:30 UTC',
      '🔨 Только с аукциона: автопокупка его не берёт',
      '✨ Улучшение: 25 000 ⭐',
      '🆔 <code>7</code>',
    ].join('\n'),
  );
  expect(plain(giftCard(gift('7', { isLimited: false, total: null, remaining: null }), 'en'))).toBe(
    '🎁 New gift <code>7</code>\n💰 Price: 1 500 ⭐\n♾ Unlimited supply',
  );
});

test.each([
  [{ kind: 'sold-out', giftId: '7', lastedMs: 15_000 }, '❌ Подарок <code>7</code>: Распродан за 15 с'],
  [{ kind: 'sold-out', giftId: '7', lastedMs: null }, '❌ Подарок <code>7</code>: Распродан'],
  [
    { kind: 'price-changed', giftId: '7', fromStars: 10, toStars: 2_000 },
    '💰 Подарок <code>7</code>: Цена изменилась, 10 → 2 000 ⭐',
  ],
  [
    { kind: 'restocked', giftId: '7', remaining: 5, total: 9 },
    '♻️ Подарок <code>7</code>: Снова в продаже, 5 из 9, 1 500 ⭐',
  ],
  [
    { kind: 'became-upgradable', giftId: '7', upgradeStars: 25 },
    '✨ Подарок <code>7</code>: Теперь можно улучшить, 25 ⭐',
  ],
  [
    { kind: 'auction-started', giftId: '7' },
    '🔨 Подарок <code>7</code>: Начался аукцион: автопокупка в нём не участвует',
  ],
] as const)('%o is told', (change, line) => {
  expect(plain(changeLine(change, gift('7'), 'ru'))).toBe(line);
});

test.each([
  [0, '0 с'],
  [15_400, '15 с'],
  [190_000, '3 мин 10 с'],
  [3_600_000, '1 ч'],
  [77_400_000, '21 ч 30 мин'],
  [273_600_000, '3 д 4 ч'],
])('%i ms are %s', (ms, text) => {
  expect(durationText(ms, 'ru')).toBe(text);
});

describe('notices', () => {
  test('three new gifts are three cards in each chat, each of a name of its own', () => {
    const gifts = ['1', '2', '3'].map((id) => gift(id));
    const rows = noticesFor(input(gifts, { changes: appeared('1', '2', '3'), chats: ['5', '-1001'], silent: true }));
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map(({ dedupeKey }) => dedupeKey)).size).toBe(6);
    expect(rows[0]).toMatchObject({ chatId: '5', payload: { kind: 'text', silent: true }, edits: null });
  });

  test('a batch is told in digests, and none of its gifts is left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 45 }), (count) => {
        const gifts = Array.from({ length: count }, (_, place) => gift(`9${place}`, { title: `T${place}.` }));
        const rows = noticesFor(input(gifts, { changes: appeared(...gifts.map(({ id }) => id)) }));
        expect(rows).toHaveLength(Math.ceil(count / 10));
        const html = rows.map(({ payload }) => ('html' in payload ? payload.html : '')).join('\n');
        for (const { title } of gifts) expect(html).toContain(`<b>${title ?? ''}</b>`);
        expect(rows.flatMap(({ dedupeKey }) => giftsOfDigest(dedupeKey))).toEqual(gifts.map(({ id }) => id));
        for (const { payload } of rows) expect(JSON.stringify(payload).length).toBeLessThan(4_096);
      }),
    );
  });

  test('stock that falls edits the card once for each percent', () => {
    const at = (remaining: number) => noticesFor(input([gift('1', { remaining })], { restated: ['1'] }));
    expect(at(15_943)).toMatchObject([{ edits: 'gift-card:1:5', payload: { kind: 'edit' } }]);
    expect(at(15_942)[0]?.dedupeKey).toBe(at(15_943)[0]?.dedupeKey);
    expect(at(15_700)[0]?.dedupeKey).not.toBe(at(15_943)[0]?.dedupeKey);
  });

  test('a digest is edited with all of its gifts when one of them sells', () => {
    const gifts = ['1', '2', '3', '4'].map((id) => gift(id));
    const rows = noticesFor(input(gifts, { restated: ['3'], digests: [['1', '2', '3', '4'], ['8']] }));
    expect(rows.map(({ edits }) => edits)).toEqual(['gift-card:3:5', 'gift-digest:1,2,3,4:5']);
    expect(rows[1]?.payload).toEqual({ kind: 'edit', html: giftDigest(gifts, 'ru') });
  });

  test('a sold-out gift is told, and its card says how long it lasted', () => {
    const gone = gift('1', { remaining: 0, isSoldOut: true });
    const changes = [{ kind: 'sold-out', giftId: '1', lastedMs: 15_000 }] as const;
    const [told, edit] = htmls(input([gone], { changes }));
    expect(told).toBe('❌ Подарок <code>1</code>: Распродан за 15 с');
    expect(edit).toContain('❌ Распродан за 15 с');
  });

  test('many other changes at once are one message, and nothing of it is left out', () => {
    const gifts = Array.from({ length: 120 }, (_, place) => gift(String(100 + place)));
    const changes = gifts.map(({ id }) => ({ kind: 'sold-out', giftId: id, lastedMs: 1_000 }) as const);
    const texts = noticesFor(input(gifts, { changes })).filter(({ payload }) => payload.kind === 'text');
    expect(texts.length).toBeLessThan(4);
    const html = texts.map(({ payload }) => ('html' in payload ? payload.html : '')).join('\n');
    for (const { id } of gifts) expect(html).toContain(`<code>${id}</code>`);
  });

  test('locks alone are not told, and a gift that the list lacks is passed over', () => {
    const changes = [
      { kind: 'lock-changed', giftId: '1', from: null, to: 5 },
      { kind: 'sold-out', giftId: '2', lastedMs: null },
    ] as const;
    expect(noticesFor(input([gift('1')], { changes })).map(({ payload }) => payload.kind)).toEqual(['edit']);
  });

  test('an animation follows once in each chat', () => {
    const rows = stickerNotices({ userId: 'u', giftId: '1', contentHash: 'ab' }, { chats: ['5', '6'], silent: true });
    expect(rows.map(({ dedupeKey }) => dedupeKey)).toEqual(['gift-sticker:1:5', 'gift-sticker:1:6']);
  });
});
