import type { GiftTerms } from './plan-types.ts';
import type { StarGift } from './star-gift.ts';

/** One account's list. */
export interface AccountList {
  readonly accountId: string;
  readonly gifts: readonly StarGift[];
}

export interface MergedLists {
  /** Each gift once, as everybody may rely on it. */
  readonly gifts: readonly StarGift[];
  /** Account id → gift id → what holds for that account. */
  readonly terms: ReadonlyMap<string, ReadonlyMap<string, GiftTerms>>;
}

/** Merges the lists of several accounts; where they disagree the row is the more careful one, whatever their order. */
export function mergeLists(lists: readonly AccountList[]): MergedLists {
  const gifts = new Map<string, StarGift>();
  const terms = new Map<string, Map<string, GiftTerms>>();
  for (const { accountId, gifts: rows } of lists) {
    const own = new Map<string, GiftTerms>();
    for (const row of rows) {
      own.set(row.id, { perUserRemaining: row.perUserRemaining, lockedUntil: row.lockedUntil });
      const known = gifts.get(row.id);
      gifts.set(row.id, known === undefined ? row : careful(known, row));
    }
    terms.set(accountId, own);
  }
  return { gifts: [...gifts.values()], terms };
}

/** The smaller of two; one that is not said yields to the other. */
const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

const most = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/** Of two texts always the same one. */
const firstText = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : a < b ? a : b;

function careful(a: StarGift, b: StarGift): StarGift {
  return {
    id: a.id,
    title: firstText(a.title, b.title),
    priceStars: Math.max(a.priceStars, b.priceStars),
    isLimited: a.isLimited && b.isLimited,
    total: most(a.total, b.total),
    remaining: least(a.remaining, b.remaining),
    isSoldOut: a.isSoldOut || b.isSoldOut,
    requiresPremium: a.requiresPremium || b.requiresPremium,
    isAuction: a.isAuction || b.isAuction,
    perUserTotal: least(a.perUserTotal, b.perUserTotal),
    perUserRemaining: least(a.perUserRemaining, b.perUserRemaining),
    // A lock that one account does not have is no lock of the gift.
    lockedUntil: a.lockedUntil === null || b.lockedUntil === null ? null : Math.min(a.lockedUntil, b.lockedUntil),
    upgradeStars: most(a.upgradeStars, b.upgradeStars),
    firstSaleAt: least(a.firstSaleAt, b.firstSaleAt),
    lastSaleAt: most(a.lastSaleAt, b.lastSaleAt),
    stickerId: firstText(a.stickerId, b.stickerId),
  };
}
