import type { Language } from '../accounts/language.ts';
import type { NewOutboxMessage, OutboxPayload } from '../shared/outbox-message.ts';
import type { GiftChange } from './gift-changes.ts';
import { changeLine, changesTitle, giftCard, giftDigest, percentLeft, type ToldChange } from './notice-text.ts';
import { splitMessages } from '../shared/message-split.ts';
import type { StarGift } from './star-gift.ts';

/** What a list changed, and whom to tell. */
export interface NoticeInput {
  readonly userId: string;
  /** In the order they happened. */
  readonly changes: readonly GiftChange[];
  /** As they stand now, by id. */
  readonly gifts: ReadonlyMap<string, StarGift>;
  /** Gifts whose stock alone is another. */
  readonly restated: readonly string[];
  readonly language: Language;
  /** Decimal. */
  readonly chats: readonly string[];
  readonly silent: boolean;
  /** Epoch ms; names what happened now, so that the same may happen again. */
  readonly nowMs: number;
  /** Gift ids of the digests that were written before: they are edited, too. */
  readonly digests: readonly (readonly string[])[];
}

/** More gifts than that at once are told in digests. */
const MOST_CARDS = 3;
/** Gifts of one digest: its text stays far below the limit of a message. */
const MOST_IN_DIGEST = 10;
const HOUR_MS = 3_600_000;
/** Dedupe keys of digests begin so. */
export const DIGEST_PREFIX = 'gift-digest:';

/** A message before it is known for which chat. */
interface Draft {
  readonly key: string;
  readonly payload: OutboxPayload;
  /** Key of the draft that it edits; null = it is no edit. */
  readonly edits: string | null;
}

/**
 * The messages about gifts, for every chat the same: one card for each new gift, or digests when more than three appear at
 * once; one message about other changes; edits of cards and digests whose gifts have sold on (at most one for each percent
 * of the supply in an hour). Edits of cards that a chat never got are made too: the outbox drops them.
 */
export function noticesFor(input: NoticeInput): NewOutboxMessage[] {
  const drafts = [...newGifts(input), ...otherChanges(input), ...edits(input)];
  return input.chats.flatMap((chatId) =>
    drafts.map(({ key, payload, edits: edited }) => ({
      ...{ userId: input.userId, chatId, payload },
      dedupeKey: `${key}:${chatId}`,
      edits: edited === null ? null : `${edited}:${chatId}`,
    })),
  );
}

/** The messages that show a new gift's animation, once it is kept; they follow the gift's card. */
export function stickerNotices(
  gift: { readonly userId: string; readonly giftId: string; readonly contentHash: string },
  { chats, silent }: Pick<NoticeInput, 'chats' | 'silent'>,
): NewOutboxMessage[] {
  const { userId, giftId, contentHash } = gift;
  return chats.map((chatId) => ({
    ...{ userId, chatId, edits: null, dedupeKey: `gift-sticker:${giftId}:${chatId}` },
    payload: { kind: 'sticker', contentHash, silent },
  }));
}

/** Dedupe keys of a gift's cards begin so; what follows is the chat. */
export const cardPrefix = (giftId: string): string => `${cardKey(giftId)}:`;

/** The gifts that a digest's dedupe key names; null = it is no digest's. */
export function giftsOfDigest(dedupeKey: string): readonly string[] | null {
  return dedupeKey.startsWith(DIGEST_PREFIX) ? (dedupeKey.split(':')[1] ?? '').split(',') : null;
}

/** Without the chat. */
const cardKey = (giftId: string): string => `gift-card:${giftId}`;
const digestKey = (giftIds: readonly string[]): string => `${DIGEST_PREFIX}${giftIds.join(',')}`;

function newGifts({ changes, gifts, language, silent }: NoticeInput): Draft[] {
  const fresh = changes.flatMap(({ kind, giftId }) => (kind === 'appeared' ? (gifts.get(giftId) ?? []) : []));
  const draft = (key: string, html: string): Draft => ({ key, edits: null, payload: { kind: 'text', html, silent } });
  if (fresh.length <= MOST_CARDS) return fresh.map((gift) => draft(cardKey(gift.id), giftCard(gift, language)));
  return chunks(fresh, MOST_IN_DIGEST).map((part) =>
    draft(digestKey(part.map(({ id }) => id)), giftDigest(part, language)),
  );
}

const isTold = (change: GiftChange): change is ToldChange =>
  change.kind !== 'appeared' && change.kind !== 'lock-changed';

function otherChanges({ changes, gifts, language, silent, nowMs }: NoticeInput): Draft[] {
  const told = changes.filter(isTold).flatMap((change) => {
    const gift = gifts.get(change.giftId);
    return gift === undefined ? [] : [{ change, line: changeLine(change, gift, language) }];
  });
  const draft = (key: string, html: string): Draft => ({ key, edits: null, payload: { kind: 'text', html, silent } });
  if (told.length <= MOST_CARDS)
    return told.map(({ change, line }) => draft(`gift-${change.kind}:${change.giftId}:${nowMs}`, line));
  const parts = splitMessages([changesTitle(told.length, language), ...told.map(({ line }) => line)]);
  return parts.map((html, part) => draft(`gift-changes:${nowMs}:${part}`, html));
}

function edits({ changes, gifts, restated, language, nowMs, digests }: NoticeInput): Draft[] {
  const fresh = new Set(changes.flatMap(({ kind, giftId }) => (kind === 'appeared' ? [giftId] : [])));
  const moved = [...new Set([...changes.map(({ giftId }) => giftId), ...restated])].filter((id) => !fresh.has(id));
  const told = new Set(changes.map(({ giftId }) => giftId));
  const hour = Math.floor(nowMs / HOUR_MS);
  const version = (gift: StarGift): string =>
    told.has(gift.id) ? String(nowMs) : `${hour}-${percentLeft(gift) ?? 'all'}`;
  const lasted = new Map(
    changes.flatMap((change) => (change.kind === 'sold-out' ? [[change.giftId, change.lastedMs] as const] : [])),
  );
  const now = (id: string): readonly StarGift[] => {
    const gift = gifts.get(id);
    return gift === undefined ? [] : [withSaleTimes(gift, lasted.get(id) ?? null, nowMs)];
  };
  const cards = moved.flatMap(now).map((gift): Draft => {
    const payload = { kind: 'edit', html: giftCard(gift, language) } as const;
    return { key: `${cardKey(gift.id)}:${version(gift)}`, edits: cardKey(gift.id), payload };
  });
  const lists = digests
    .filter((ids) => ids.some((id) => moved.includes(id)))
    .map((ids): Draft => {
      const shown = ids.flatMap(now);
      const payload = { kind: 'edit', html: giftDigest(shown, language) } as const;
      return { key: `${digestKey(ids)}:${shown.map(version).join(',')}`, edits: digestKey(ids), payload };
    });
  return [...cards, ...lists];
}

/** Telegram may not have said the sale's times yet when the ledger knows how long it took. */
function withSaleTimes(gift: StarGift, lastedMs: number | null, nowMs: number): StarGift {
  return lastedMs === null || gift.firstSaleAt !== null
    ? gift
    : { ...gift, firstSaleAt: nowMs - lastedMs, lastSaleAt: nowMs };
}

function chunks<T>(items: readonly T[], size: number): (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, part) => items.slice(part * size, (part + 1) * size));
}
