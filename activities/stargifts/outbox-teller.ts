import type { SqlEntityManager } from '@mikro-orm/sql';
import { addMessages } from '../../db/repositories/outbox.ts';
import { findNoticeChats, recentKeys } from '../../db/repositories/notice-chats.ts';
import { isQuietFor } from '../../domain/agenda/quiet-hours.ts';
import {
  cardPrefix,
  DIGEST_PREFIX,
  giftsOfDigest,
  noticesFor,
  stickerNotices,
} from '../../domain/stargifts/notices.ts';
import type { ShownSticker } from '../../db/repositories/gift-stickers.ts';
import type { GiftTeller } from './gift-teller.ts';

const DIGEST_EDITED_HOURS = 7 * 24;
/** An animation that is found later than that tells nobody anything new. */
const STICKER_HOURS = 1;

/** Tells a user's chats of gifts through the outbox. Wake it after the commit. */
export function createOutboxTeller(): GiftTeller {
  return {
    async changes(em, { userId, changes, gifts, restated }) {
      const told = await findNoticeChats(em, userId);
      if (told === null) return 0;
      const keys = await recentKeys(em, { userId, prefix: DIGEST_PREFIX, withinHours: DIGEST_EDITED_HOURS });
      // The same digest in several chats is one digest.
      const digests = new Map(keys.map((key) => [giftsOfDigest(key)?.join(',') ?? '', giftsOfDigest(key) ?? []]));
      const nowMs = Date.now();
      const { chats, language } = told;
      const about = { userId, changes, gifts, restated, chats, language, nowMs };
      const notices = noticesFor({ ...about, silent: isQuietFor(told, nowMs), digests: [...digests.values()] });
      return await addMessages(em, notices);
    },

    async report(em, { userId, dropId, part, messages }) {
      const told = await findNoticeChats(em, userId);
      if (told === null) return;
      const silent = isQuietFor(told, Date.now());
      await addMessages(
        em,
        told.accounts.flatMap((chatId) =>
          messages.map((html, place) => ({
            ...{ userId, chatId, edits: null, dedupeKey: `drop-report:${dropId}:${part}:${place}:${chatId}` },
            payload: { kind: 'text', html, silent } as const,
          })),
        ),
      );
    },
  };
}

/**
 * Shows a gift's animation in the chats that were told of the gift alone, once each: it follows the card, and a digest gets
 * none. Returns the number of new messages; wake the outbox after the commit.
 */
export async function tellSticker(em: SqlEntityManager, shown: ShownSticker): Promise<number> {
  const { userId, giftId } = shown;
  const prefix = cardPrefix(giftId);
  const cards = await recentKeys(em, { userId, prefix, withinHours: STICKER_HOURS });
  const told = cards.length === 0 ? null : await findNoticeChats(em, userId);
  if (told === null) return 0;
  const chats = cards.map((key) => key.slice(prefix.length));
  return await addMessages(em, stickerNotices(shown, { chats, silent: isQuietFor(told, Date.now()) }));
}
