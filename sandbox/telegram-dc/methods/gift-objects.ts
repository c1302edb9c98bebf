import { createHmac } from 'node:crypto';
import type { Datacentre } from '../datacentre.ts';
import { animationOf } from '../gifts/animation.ts';
import { convertStars } from '../gifts/release.ts';
import { lockOf, perUserRemaining } from '../gifts/sales.ts';
import type { Gift, User } from '../state/records.ts';
import { DC_ID } from './help.ts';
import { seconds } from './method.ts';

/** A reference to a file is good for this hour of the datacentre's clock and the next. */
const REFERENCE_MS = 3_600_000;

/** A gift as this account's lists show it. */
export function giftObject(dc: Datacentre, viewer: User, gift: Gift) {
  const lock = lockOf(gift, viewer, dc.now());
  return {
    _: 'starGift',
    limited: gift.total !== null,
    require_premium: gift.requirePremium,
    birthday: gift.isBirthday,
    id: gift.id,
    sticker: stickerObject(dc, gift),
    stars: gift.stars,
    availability_remains: gift.remaining ?? undefined,
    availability_total: gift.total ?? undefined,
    convert_stars: convertStars(gift.stars),
    upgrade_stars: gift.upgradeStars ?? undefined,
    title: gift.title ?? undefined,
    locked_until_date: lock === null ? undefined : seconds(lock),
    ...soldOutFields(gift),
    ...perUserFields(gift, viewer),
    ...auctionFields(gift),
  };
}

function soldOutFields({ remaining, firstSaleAt, lastSaleAt, releasedAt }: Gift) {
  if (remaining !== 0) return {};
  return {
    sold_out: true,
    first_sale_date: seconds(firstSaleAt ?? releasedAt),
    last_sale_date: seconds(lastSaleAt ?? releasedAt),
  };
}

function perUserFields(gift: Gift, viewer: User) {
  const remains = perUserRemaining(gift, viewer);
  if (gift.perUserTotal === null || remains === null) return {};
  return { limited_per_user: true, per_user_total: gift.perUserTotal, per_user_remains: remains };
}

function auctionFields(gift: Gift) {
  if (!gift.isAuction) return {};
  return {
    auction: true,
    auction_slug: `gift-${gift.id}`,
    gifts_per_round: 50,
    auction_start_date: seconds(gift.auctionStartsAt ?? gift.releasedAt),
  };
}

/** The gift's animation as a file. */
function stickerObject(dc: Datacentre, gift: Gift) {
  return {
    _: 'document',
    id: gift.stickerId,
    access_hash: stickerAccessHash(dc, gift),
    file_reference: fileReference(dc, gift, 0),
    date: seconds(gift.releasedAt),
    mime_type: 'application/x-tgsticker',
    size: animationOf(gift.stickerSeed).length,
    dc_id: DC_ID,
    attributes: [
      { _: 'documentAttributeImageSize', w: 512, h: 512 },
      { _: 'documentAttributeSticker', alt: '🎁', stickerset: { _: 'inputStickerSetEmpty' } },
      { _: 'documentAttributeFilename', file_name: 'AnimatedSticker.tgs' },
    ],
  };
}

function signed(dc: Datacentre, text: string): Buffer {
  return createHmac('sha256', dc.store.settings.secret).update(text).digest();
}

export function stickerAccessHash(dc: Datacentre, { stickerId }: Gift): bigint {
  return signed(dc, `sticker ${stickerId}`).readBigInt64LE(0);
}

/** The reference handed out now, or the one of `hoursAgo`. */
export function fileReference(dc: Datacentre, { stickerId }: Gift, hoursAgo: 0 | 1): Buffer {
  const hour = Math.floor(dc.now() / REFERENCE_MS) - hoursAgo;
  return signed(dc, `reference ${stickerId} ${hour}`).subarray(0, 16);
}
