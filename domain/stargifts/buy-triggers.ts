import type { GiftChange } from './gift-changes.ts';

/**
 * Gifts that a list's changes make worth planning for: they came (or came back) on sale, became cheaper, or may be sent
 * sooner than was said (a lock that ends at its time is no news: a drop waits for it). Each once, in the order of the changes.
 * @param nowMs epoch ms
 */
export function giftsToPlan(changes: readonly GiftChange[], nowMs: number): string[] {
  return [...new Set(changes.filter((change) => isChance(change, nowMs)).map(({ giftId }) => giftId))];
}

/** A lock that ends within this time is left to the drop that waits for it. */
const SOON_MS = 10_000;

function isChance(change: GiftChange, nowMs: number): boolean {
  switch (change.kind) {
    case 'appeared':
    case 'restocked':
      return true;
    case 'price-changed':
      return change.toStars < change.fromStars;
    case 'lock-changed':
      return opensSooner(change.from, change.to ?? 0, nowMs);
    case 'became-upgradable':
    case 'auction-started':
    case 'sold-out':
      return false;
  }
}

const opensSooner = (from: number | null, to: number, nowMs: number): boolean =>
  from !== null && from > nowMs + SOON_MS && to < from;

/**
 * Whether a gift may be bought without being asked for: it came on sale after automatic buying was switched on. What was
 * on sale before that, or before anybody looked, is never bought by surprise.
 * @param onSaleSince epoch ms; null = it was on sale before we looked
 * @param autobuyOnSince epoch ms; null = it is off
 */
export const mayBuyBySurprise = (onSaleSince: number | null, autobuyOnSince: number | null): boolean =>
  onSaleSince !== null && autobuyOnSince !== null && onSaleSince >= autobuyOnSince;
