import { addMessages } from '../../db/repositories/outbox.ts';
import { findNoticeChats, recentKeys, type NoticeChats } from '../../db/repositories/notice-chats.ts';
import { DIGEST_PREFIX, giftsOfDigest, noticesFor } from '../../domain/stargifts/notices.ts';
import type { GiftTeller } from './gift-teller.ts';

/** Tells a user's chats of gifts through the outbox. Wake it after the commit. */
export function createOutboxTeller(): GiftTeller {
  return {
    async changes(em, { userId, changes, gifts, restated }) {
      const told = await findNoticeChats(em, userId);
      if (told === null) return;
      const keys = await recentKeys(em, userId, DIGEST_PREFIX);
      // The same digest in several chats is one digest.
      const digests = new Map(keys.map((key) => [giftsOfDigest(key)?.join(',') ?? '', giftsOfDigest(key) ?? []]));
      const nowMs = Date.now();
      const { chats, language } = told;
      const about = { userId, changes, gifts, restated, chats, language, nowMs };
      await addMessages(em, noticesFor({ ...about, silent: isQuiet(told, nowMs), digests: [...digests.values()] }));
    },

    async report(em, { userId, dropId, part, messages }) {
      const told = await findNoticeChats(em, userId);
      if (told === null) return;
      const silent = isQuiet(told, Date.now());
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

/** Between the two times of day, also over midnight. */
function isQuiet({ quietFrom, quietTo, zone }: NoticeChats, nowMs: number): boolean {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const now = clock.format(nowMs);
  return quietFrom < quietTo ? now >= quietFrom && now < quietTo : now >= quietFrom || now < quietTo;
}
