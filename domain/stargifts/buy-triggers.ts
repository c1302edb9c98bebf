import type { GiftChange } from './gift-changes.ts';

/**
 * Gifts that a list's changes make worth planning for: they came (or came back) on sale, became cheaper, or may be sent
 * sooner than was said. Each once, in the order of the changes.
 */
export function giftsToPlan(changes: readonly GiftChange[]): string[] {
  return [...new Set(changes.filter(isChance).map(({ giftId }) => giftId))];
}

function isChance(change: GiftChange): boolean {
  switch (change.kind) {
    case 'appeared':
    case 'restocked':
      return true;
    case 'price-changed':
      return change.toStars < change.fromStars;
    case 'lock-changed':
      return change.from !== null && (change.to ?? 0) < change.from;
    case 'became-upgradable':
    case 'auction-started':
    case 'sold-out':
      return false;
  }
}

/**
 * Whether a gift may be bought without being asked for: it came on sale after automatic buying was switched on. What was
 * on sale before that, or before anybody looked, is never bought by surprise.
 * @param onSaleSince epoch ms; null = it was on sale before we looked
 * @param autobuyOnSince epoch ms; null = it is off
 */
export const mayBuyBySurprise = (onSaleSince: number | null, autobuyOnSince: number | null): boolean =>
  onSaleSince !== null && autobuyOnSince !== null && onSaleSince >= autobuyOnSince;
