import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aGift, anAccount, aPlanInput } from '../../tests/support/gift-plans.ts';
import type { ReportedPurchase } from './gift-outcome.ts';
import { planAutobuy } from './plan-autobuy.ts';
import { reportLines, reportMessages, type DropToReport } from './run-report.ts';

const purchase = (part: Partial<ReportedPurchase> = {}): ReportedPurchase => ({
  giftId: '123456',
  accountId: 'uuid-1',
  target: '-100111',
  priceStars: 25,
  state: 'PAID',
  code: null,
  ...part,
});

const drop = (part: Partial<DropToReport> = {}): DropToReport => ({
  gifts: [aGift('123456', { priceStars: 25 })],
  skips: [],
  deferred: [],
  purchases: [purchase()],
  accounts: [{ accountId: 'uuid-1', label: '1337', balanceStars: 100 }],
  targets: ['-100111'],
  language: 'ru',
  ...part,
});

/** Lines below "by gift". */
const giftPart = (part: Partial<DropToReport>): string[] => {
  const lines = reportLines(drop(part));
  return lines.slice(lines.indexOf('📦 По подаркам:') + 1, lines.indexOf('🛰️ По каналам:') - 1);
};

describe('the report', () => {
  it('is written in the grammar of the reference', () => {
    const gifts = [
      aGift('123456', { priceStars: 25 }),
      aGift('654321', { priceStars: 50, isLimited: false, total: null }),
      aGift('222333', { total: 500 }),
      aGift('9', { lockedUntil: 1 }),
    ];
    const nearest = { accountId: 'uuid-2', target: '-100222', haveStars: 5, needStars: 10 };
    const deferred = [
      {
        giftId: '9',
        accountId: 'uuid-1',
        target: '-100111',
        priceStars: 10,
        supply: 1000,
        runAt: Date.UTC(2026, 0, 2),
      },
    ];
    const skips = [
      { giftId: '654321', reason: 'non_limited' as const, nearest: null },
      { giftId: '222333', reason: 'not_enough_stars' as const, nearest },
    ];
    const accounts = [
      { accountId: 'uuid-1', label: '1337', balanceStars: 100 },
      { accountId: 'uuid-2', label: '1338', balanceStars: 5 },
    ];
    const targets = ['-100111', '-100222'];
    expect(reportLines(drop({ gifts, skips, deferred, accounts, targets }))).toEqual([
      '🧾 Отчёт автопокупки',
      '📊 Новых: 4 | Куплено: 1 | Пропущено: 3',
      '⏭️ Пропуски на этапе планирования: 2',
      '',
      '📦 По подаркам:',
      '• ✅ 123456 | 25⭐ | supply=1000 → ch=-100111 acc=1337',
      '• ⏭️ 654321 | 50⭐ | supply=∞ → non-limited (skipped)',
      '• ⏭️ 222333 | 10⭐ | supply=500',
      '   — план: not_enough_stars (acc=1338 bal=5 need=10)',
      '• ⏳ 9 | 10⭐ | supply=1000 → locked_until 2026-01-02T00:00:00Z',
      '',
      '⏳ Отложенные покупки:',
      '• gift=9 acc=1337 ch=-100111 10⭐ → будет куплен после 2026-01-02T00:00:00Z, так как лок действует до этого времени',
      '',
      '🛰️ По каналам:',
      '• -100111: plan=1 ok=1 fail=0 reasons=0',
      '• -100222: plan=0 ok=0 fail=0 reasons=0',
      '',
      '👤 По аккаунтам:',
      '• acc=1337: plan=1 💰spent=25 start=100 end=75 buys=1',
      '• acc=1338: plan=0 💰spent=0 start=5 end=5 buys=0',
      '',
      '⏭️ Итого пропуски планирования: 2',
    ]);
  });

  it('tells the same in English with the same emoji', () => {
    const signs = (lines: readonly string[]): string[] =>
      lines.map((line) => line.replace(/[^\p{Emoji_Presentation}•—=|]/gu, ''));
    const english = reportLines(drop({ language: 'en' }));
    expect(english[0]).toBe('🧾 Autobuy report');
    expect(english.join('')).not.toMatch(/\p{Script=Cyrillic}/u);
    expect(signs(english)).toEqual(signs(reportLines(drop())));
  });

  it('counts in total only what was skipped of gifts that were not bought', () => {
    const nearest = { accountId: 'uuid-2', target: '-100111', haveStars: 5, needStars: 25 };
    const skip = { giftId: '123456', reason: 'not_enough_stars' as const, nearest };
    const other = { giftId: '222333', reason: 'not_enough_stars' as const, nearest };
    const gifts = [aGift('123456', { priceStars: 25 }), aGift('222333')];
    const told = reportLines(drop({ gifts, skips: [skip, skip, other] }));
    expect(told).toContain('📊 Новых: 2 | Куплено: 1 | Пропущено: 1');
    expect(told).toContain('⏭️ Пропуски на этапе планирования: 3');
    expect(told).toContain('⏭️ Итого пропуски планирования: 1');
    const bought = reportLines(drop({ skips: [skip] }));
    expect(bought.join()).not.toContain('Итого');
  });

  it('shows the failures of a gift that was bought, too', () => {
    const purchases = [purchase(), purchase({ state: 'REJECTED', code: 'STARGIFT_USAGE_LIMITED' })];
    expect(giftPart({ purchases })).toEqual([
      '• ✅ 123456 | 25⭐ | supply=1000 → ch=-100111 acc=1337',
      '   — ошибка ch=-100111: send_gift_failed acc=1337 (STARGIFT_USAGE_LIMITED)',
    ]);
  });

  it('names want of stars a reason, everything else an error, at most five of each', () => {
    const purchases = [
      ...Array.from({ length: 7 }, () => purchase({ state: 'REJECTED', code: 'PEER_ID_INVALID' })),
      purchase({ state: 'REJECTED', code: 'BALANCE_TOO_LOW' }),
      purchase({ state: 'UNKNOWN' }),
    ];
    const lines = giftPart({ purchases });
    expect(lines[0]).toBe('• ❌ 123456 | 25⭐ | supply=1000');
    expect(lines[1]).toBe('   — причина ch=-100111: insufficient_account_balance acc=1337 bal=100 need=25');
    expect(lines.filter((line) => line.includes('send_gift_failed'))).toHaveLength(5);
    expect(lines.at(-1)).toBe('   — и ещё 3');
    expect(reportLines(drop({ purchases }))).toContain('• -100111: plan=9 ok=0 fail=8 reasons=1');
  });

  it('says of a purchase without an outcome that it has none', () => {
    expect(giftPart({ purchases: [purchase({ state: 'UNKNOWN' })] })[1]).toBe(
      '   — ошибка ch=-100111: outcome_unknown acc=1337 (UNKNOWN)',
    );
  });

  it('says why a gift is not bought even when the plan does not', () => {
    const gifts = [aGift('1', { remaining: 0 }), aGift('2', { priceStars: Number.NaN }), aGift('3'), aGift('4')];
    expect(giftPart({ gifts, purchases: [purchase({ giftId: '3', state: 'PLANNED' })] })).toEqual([
      '• ⏭️ 1 | 10⭐ | supply=1000 → not_available (avail=0)',
      '• ⏭️ 2 | ?⭐ | supply=1000 → invalid/price',
      '• ⏭️ 3 | 10⭐ | supply=1000 → stopped',
      '• ⏭️ 4 | 10⭐ | supply=1000 → not_planned',
    ]);
  });

  it('counts skipped gifts, never less than none', () => {
    const purchases = Array.from({ length: 200 }, () => purchase());
    expect(reportLines(drop({ purchases }))[1]).toBe('📊 Новых: 1 | Куплено: 200 | Пропущено: 0');
  });

  it('escapes whatever comes from outside', () => {
    const part = {
      gifts: [aGift('<b>1</b>')],
      skips: [{ giftId: '<b>1</b>', reason: 'invalid/id' as const, nearest: null }],
      purchases: [purchase({ giftId: '2' })],
      accounts: [{ accountId: 'uuid-1', label: 'Tom & <Jerry>', balanceStars: 1 }],
      targets: ['@a<b'],
    };
    const text = reportLines(drop(part)).join('\n');
    expect(text).toContain('• ⏭️ &lt;b&gt;1&lt;/b&gt; |');
    expect(text).toContain('acc=Tom &amp; &lt;Jerry&gt;:');
    expect(text).not.toMatch(/<|&(?!amp;|lt;|gt;)/);
  });

  it('fits every message and shows every gift once', () => {
    const gifts = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: -1, max: 60 }).map(String),
        remaining: fc.integer({ min: -1, max: 20 }),
        isLimited: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 40 },
    );
    fc.assert(
      fc.property(gifts, fc.integer({ min: 0, max: 3000 }), (rows, balanceStars) => {
        const input = aPlanInput({
          gifts: rows.map((row) => aGift(row.id, row)),
          accounts: [anAccount('7', { balanceStars })],
        });
        const plan = planAutobuy(input);
        const purchases = plan.operations.map((one, place) =>
          purchase({ ...one, state: place % 3 === 0 ? 'REJECTED' : 'PAID', code: place % 3 === 0 ? 'X' : null }),
        );
        const messages = reportMessages(drop({ ...plan, gifts: input.gifts, purchases }));
        expect(Math.max(...messages.map(({ length }) => length))).toBeLessThanOrEqual(3800);
        const shown = messages.join('\n').matchAll(/^• (?:✅|❌|⏭️|⏳) (\S+) \|/gmu);
        const copies = purchases.filter(({ state }) => state === 'PAID').map(({ giftId }) => giftId);
        const others = rows.map(({ id }) => id).filter((id) => !copies.includes(id));
        expect([...shown].map(([, id]) => id).sort()).toEqual([...copies, ...others].sort());
      }),
    );
  });
});
