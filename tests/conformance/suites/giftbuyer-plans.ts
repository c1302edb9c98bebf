import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { compareIds } from '../../../domain/stargifts/decimal-id.ts';
import type { AutobuySettings, BuyingAccount, GiftTerms, PlanInput } from '../../../domain/stargifts/plan-types.ts';
import { planAutobuy } from '../../../domain/stargifts/plan-autobuy.ts';
import type { StarGift } from '../../../domain/stargifts/star-gift.ts';

/** Locks of the data lie in 2020 or in 2099. */
const NOW_MS = Date.UTC(2025, 10, 20);

/** Where the reference departs from its own documentation, or fails: we do not follow it there. */
const LEFT_OUT = new Set([
  'div:crash-aborts-run',
  'div:null-price-max-ranked-lowest',
  'div:supply-max-zero-is-infinite',
  'div:premium-requirement-ignored',
  'div:forced-target-bypasses-filters',
]);

const Bound = z.number().nullable();
const Gift = z.object({
  id: z.unknown().optional(),
  price: z.unknown().optional(),
  is_limited: z.boolean(),
  total_amount: z.unknown().optional(),
  available_amount: z.unknown().optional(),
  limited_per_user: z.boolean(),
  per_user_remains: z.number().nullish(),
  per_user_available: z.number().nullish(),
  require_premium: z.boolean(),
  locks: z.record(z.string(), z.unknown()).nullish(),
});
type Gift = z.infer<typeof Gift>;
const Case = z.object({
  id: z.string(),
  tags: z.array(z.string()),
  input: z.object({
    accounts: z.array(z.object({ id: z.number(), balance: z.number().nullable(), is_premium: z.boolean() })),
    channels: z.array(
      z.object({
        row_id: z.number(),
        channel_id: z.number(),
        price_min: Bound,
        price_max: Bound,
        supply_min: Bound,
        supply_max: Bound,
      }),
    ),
    gifts: z.array(Gift),
    forced_channel_id: z.number().nullable(),
    forced_channel_fallback: z.boolean(),
  }),
  expected: z.object({
    gift_order: z.array(z.string()).nullable(),
    plan: z
      .array(
        z.object({
          account_id: z.number(),
          channel_id: z.number(),
          gift_id: z.string(),
          price: z.number(),
          supply: z.number(),
        }),
      )
      .nullable(),
  }),
});
type Case = z.infer<typeof Case>;
const File = z.object({ cases: z.array(z.unknown()) });
const Tagged = z.object({ tags: z.array(z.string()) });

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** The data says "per user" as two counters, of which the first that is above zero counts. */
function perUserOf({ limited_per_user, per_user_available, per_user_remains }: Gift): number | null {
  if (!limited_per_user) return null;
  return [per_user_available, per_user_remains].find((count) => (count ?? 0) > 0) ?? 0;
}

function starGift(gift: Gift): StarGift {
  return {
    id: typeof gift.id === 'string' ? gift.id : '',
    title: null,
    priceStars: numberOf(gift.price),
    isLimited: gift.is_limited,
    total: gift.total_amount === null ? null : numberOf(gift.total_amount),
    remaining:
      gift.available_amount === null || gift.available_amount === undefined ? 0 : numberOf(gift.available_amount),
    isSoldOut: false,
    requiresPremium: gift.require_premium,
    isAuction: false,
    perUserTotal: null,
    perUserRemaining: null,
    lockedUntil: null,
    upgradeStars: null,
    firstSaleAt: null,
    lastSaleAt: null,
    stickerId: null,
  };
}

/** A lock that cannot be read is none, as in the reference. */
function lockOf(lock: unknown): number | null {
  const at = typeof lock === 'number' ? lock * 1000 : Date.parse(String(lock));
  return Number.isNaN(at) ? null : at;
}

function buyer(account: Case['input']['accounts'][number], gifts: readonly Gift[]): BuyingAccount {
  const terms = new Map<string, GiftTerms>();
  for (const gift of gifts) {
    if (typeof gift.id !== 'string') continue;
    const lockedUntil = lockOf(gift.locks?.[account.id]);
    terms.set(gift.id, { perUserRemaining: perUserOf(gift), lockedUntil });
  }
  return {
    id: String(account.id),
    balanceStars: account.balance ?? 0,
    isPremium: account.is_premium,
    spentInDropStars: 0,
    terms,
  };
}

function settingsOf({ forced_channel_id, forced_channel_fallback }: Case['input']): AutobuySettings {
  return {
    forcedTarget: forced_channel_id === null ? null : String(forced_channel_id),
    forcedOnlyAsFallback: forced_channel_fallback,
    maxPriceStars: null,
    excludedGiftIds: new Set(),
    floorBalanceStars: 0,
    order: 'scarcest',
    accountCapStars: null,
    dropCapStars: null,
    dayCapStars: null,
    mayBuyUncapped: true,
  };
}

function planInput(input: Case['input']): PlanInput {
  return {
    gifts: input.gifts.map(starGift),
    accounts: input.accounts.map((account) => buyer(account, input.gifts)),
    channels: input.channels.map((channel) => ({
      id: String(channel.row_id),
      target: String(channel.channel_id),
      priceMin: channel.price_min,
      priceMax: channel.price_max,
      supplyMin: channel.supply_min,
      supplyMax: channel.supply_max,
    })),
    settings: settingsOf(input),
    seed: '',
    nowMs: NOW_MS,
    spent: { inDropStars: 0, inDayStars: 0 },
    tieBreak: compareIds,
  };
}

/** Empty, or what differs. */
function difference(got: readonly string[], expected: readonly string[]): string {
  const place = got.findIndex((value, index) => value !== expected[index]);
  if (place === -1 && got.length === expected.length) return '';
  const at = place === -1 ? got.length : place;
  return `[${at}] got ${got[at] ?? 'nothing'} (of ${got.length}), expected ${expected[at] ?? 'nothing'} (of ${expected.length})`;
}

function check({ id, input, expected }: Case): string[] {
  const { order, operations } = planAutobuy(planInput(input));
  const orders = difference(order, expected.gift_order ?? []);
  const plans = difference(
    operations.map((one) => [one.accountId, one.target, one.giftId, one.priceStars, one.supply].join(' ')),
    (expected.plan ?? []).map((one) => [one.account_id, one.channel_id, one.gift_id, one.price, one.supply].join(' ')),
  );
  const found = [orders && `gift_order${orders}`, plans && `plan${plans}`].filter((text) => text !== '');
  return found.length === 0 ? [] : [`${id}: ${found.join('; ')}`];
}

/** Compares the order of gifts and the plan, operation by operation, with those recorded from the reference program. */
export async function run(file: string) {
  const { cases } = File.parse(JSON.parse(await readFile(file, 'utf8')));
  const kept = cases.filter((one) => !Tagged.parse(one).tags.some((tag) => LEFT_OUT.has(tag)));
  const failures = kept.flatMap((one) => check(Case.parse(one)));
  return {
    passed: kept.length - failures.length,
    failed: failures.length,
    skipped: cases.length - kept.length,
    failures,
  };
}
