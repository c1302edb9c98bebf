import { createHash } from 'node:crypto';
import type { Datacentre } from '../datacentre.ts';
import { lockOf } from '../gifts/sales.ts';
import { companions, peerObject, targetKey, targetOf } from '../peers.ts';
import type { Gift, SavedGift, User } from '../state/records.ts';
import { intField, longField, objectField, textField } from '../tl/value.ts';
import { giftObject } from './gift-objects.ts';
import { refuse, seconds, type MethodContext, type Methods } from './method.ts';

const MAX_PAGE = 100;

function getStarGifts({ dc, request, user }: MethodContext) {
  const viewer = user();
  dc.otherBuyers.settle();
  const gifts = dc.store.gifts.all().filter(({ releasedAt }) => releasedAt <= dc.now());
  const hash = hashOf(gifts);
  if (intField(request, 'hash') === hash) return { _: 'payments.starGiftsNotModified' };
  const shown = gifts.map((gift) => giftObject(dc, viewer, gift));
  return { _: 'payments.starGifts', hash, gifts: shown, chats: [], users: [] };
}

/** Covers ids only, as Telegram's does: 31 bits, never 0. */
function hashOf(gifts: readonly Gift[]): number {
  const digest = createHash('sha256').update(gifts.map(({ id }) => id).join());
  return (digest.digest().readUInt32LE(0) >>> 1) | 1;
}

/** @throws RpcRefusal STARGIFT_INVALID */
export function giftById(dc: Datacentre, id: bigint): Gift {
  const gift = dc.store.gifts.get(id.toString());
  if (gift === undefined || gift.releasedAt > dc.now()) refuse(400, 'STARGIFT_INVALID');
  return gift;
}

function checkCanSendGift({ dc, request, user }: MethodContext) {
  const viewer = user();
  const lock = lockOf(giftById(dc, longField(request, 'gift_id')), viewer, dc.now());
  if (lock === null) return { _: 'payments.checkCanSendGiftResultOk' };
  const text = `This gift is locked until ${new Date(lock).toISOString()}.`;
  return { _: 'payments.checkCanSendGiftResultFail', reason: { _: 'textWithEntities', text, entities: [] } };
}

function getSavedStarGifts({ dc, request, user }: MethodContext) {
  const viewer = user();
  const owner = targetKey(targetOf(dc, viewer, objectField(request, 'peer')));
  const all = dc.store.savedGifts.all().filter(({ peer }) => peer === owner);
  const page = pageOf(all.reverse(), { offset: textField(request, 'offset'), limit: intField(request, 'limit') });
  const named = page.items.flatMap((item) => (item.isNameHidden ? [] : [`user:${item.fromId}`]));
  return {
    _: 'payments.savedStarGifts',
    count: all.length,
    gifts: page.items.map((item) => savedObject(dc, viewer, item)),
    next_offset: page.next,
    ...companions(dc, viewer, [owner, ...named]),
  };
}

function savedObject(dc: Datacentre, viewer: User, saved: SavedGift) {
  const message = { _: 'textWithEntities', text: saved.message ?? '', entities: [] };
  return {
    _: 'savedStarGift',
    name_hidden: saved.isNameHidden,
    from_id: saved.isNameHidden ? undefined : peerObject(`user:${saved.fromId}`),
    date: seconds(saved.at),
    gift: giftObject(dc, viewer, giftById(dc, BigInt(saved.giftId))),
    message: saved.message === null ? undefined : message,
    saved_id: saved.id,
  };
}

/** A page of a list, its offset a number in decimal; `next` is absent at the end. */
export function pageOf<T>(all: readonly T[], { offset, limit }: { readonly offset: string; readonly limit: number }) {
  const start = offset === '' ? 0 : Number(offset);
  if (!Number.isInteger(start) || start < 0) refuse(400, 'OFFSET_INVALID');
  const items = all.slice(start, start + Math.min(Math.max(limit, 1), MAX_PAGE));
  const end = start + items.length;
  return { items, next: end < all.length ? String(end) : undefined };
}

/** Lists of gifts. */
export const giftMethods: Methods = {
  'payments.getStarGifts': getStarGifts,
  'payments.checkCanSendGift': checkCanSendGift,
  'payments.getSavedStarGifts': getSavedStarGifts,
};
