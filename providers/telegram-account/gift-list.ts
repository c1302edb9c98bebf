import { type tl } from '@mtcute/core';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';

/** A gift of the list as we know it. */
export function toStarGift(gift: tl.RawStarGift): StarGift {
  return {
    id: gift.id.toString(),
    title: gift.title ?? null,
    priceStars: gift.stars.toNumber(),
    ...supply(gift),
    isSoldOut: gift.soldOut === true,
    requiresPremium: gift.requirePremium === true,
    isAuction: gift.auction === true,
    perUserTotal: gift.perUserTotal ?? null,
    perUserRemaining: gift.perUserRemains ?? null,
    lockedUntil: epochMs(gift.lockedUntilDate),
    upgradeStars: gift.upgradeStars?.toNumber() ?? null,
    firstSaleAt: epochMs(gift.firstSaleDate),
    lastSaleAt: epochMs(gift.lastSaleDate),
    stickerId: gift.sticker._ === 'document' ? gift.sticker.id.toString() : null,
  };
}

function supply(gift: tl.RawStarGift): Pick<StarGift, 'isLimited' | 'total' | 'remaining'> {
  if (gift.limited !== true) return { isLimited: false, total: null, remaining: null };
  return { isLimited: true, total: gift.availabilityTotal ?? null, remaining: gift.availabilityRemains ?? null };
}

const epochMs = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000);
