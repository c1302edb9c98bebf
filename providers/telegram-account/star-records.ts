import { getMarkedPeerId, type tl } from '@mtcute/core';
import type { SavedGift, StarTransaction } from '../../activities/ports/telegram-account.ts';

/** A transaction in Stars; null = in another currency. */
export function toStarTransaction(record: tl.RawStarsTransaction): StarTransaction | null {
  if (record.amount._ !== 'starsAmount') return null;
  return {
    id: record.id,
    at: record.date * 1000,
    stars: record.amount.amount.toNumber(),
    giftId: boughtGift(record),
    peer: record.peer._ === 'starsTransactionPeer' ? String(getMarkedPeerId(record.peer.peer)) : null,
    isRefund: record.refund === true,
    isPending: record.pending === true,
    isFailed: record.failed === true,
  };
}

/** Upgrades, resales and bids name a gift, too, but are not its purchase. */
function boughtGift(record: tl.RawStarsTransaction): string | null {
  const other =
    [record.stargiftUpgrade, record.stargiftResale, record.stargiftAuctionBid, record.offer].includes(true) ||
    [record.stargiftPrepaidUpgrade, record.stargiftDropOriginalDetails].includes(true);
  return record.stargift?._ === 'starGift' && !other ? record.stargift.id.toString() : null;
}

/** A gift on show; null = a collectible, which nobody bought from Telegram. */
export function toSavedGift({ gift, date, fromId }: tl.RawSavedStarGift): SavedGift | null {
  if (gift._ !== 'starGift') return null;
  return {
    giftId: gift.id.toString(),
    at: date * 1000,
    fromId: fromId === undefined ? null : String(getMarkedPeerId(fromId)),
  };
}
