import type { SqlEntityManager } from '@mikro-orm/sql';

/** A gift in a user's ledger whose animation is kept now. */
export interface ShownSticker {
  readonly userId: string;
  readonly giftId: string;
  /** SHA-256 of the animation, hex. */
  readonly contentHash: string;
}

const SHOWN = 'gift.user_id as "userId", gift.gift_id::text as "giftId", gift.sticker_hash as "contentHash"';
/** A poll that writes the same gifts is never waited for: what is left out is taken over the next time. */
const FREE = 'for update skip locked';

/** Takes over, for a user's gifts, what is kept already for another ledger; returns the gifts. */
export async function adoptStickers(em: SqlEntityManager, userId: string): Promise<ShownSticker[]> {
  return await em.execute<ShownSticker[]>(
    `update star_gift as gift set sticker_hash = (select kept.sticker_hash from star_gift as kept
         where kept.sticker_id = gift.sticker_id and kept.sticker_hash is not null limit 1)
     where user_id = ? and gift_id in (select gift_id from star_gift as mine
       where user_id = ? and sticker_hash is null and exists (select 1 from star_gift as kept
         where kept.sticker_id = mine.sticker_id and kept.sticker_hash is not null) ${FREE})
     returning ${SHOWN}`,
    [userId, userId],
  );
}

/** Names the kept file of an animation, for every ledger that shows it; returns the gifts that had none. */
export async function noteSticker(
  em: SqlEntityManager,
  { stickerId, contentHash }: { readonly stickerId: string; readonly contentHash: string },
): Promise<ShownSticker[]> {
  await em.execute('delete from sticker_fetch where sticker_id = ?', [stickerId]);
  return await em.execute<ShownSticker[]>(
    `update star_gift as gift set sticker_hash = ? where (user_id, gift_id) in
       (select user_id, gift_id from star_gift where sticker_id = ? and sticker_hash is null ${FREE}) returning ${SHOWN}`,
    [contentHash, stickerId],
  );
}

/**
 * The newest animation of a user's gifts that nobody keeps and that nobody fetches or was told to wait for; it is the
 * caller's for `forMs`. null = there is none.
 */
export async function claimSticker(em: SqlEntityManager, userId: string, forMs: number): Promise<string | null> {
  const [row] = await em.execute<{ id: string }[]>(
    `insert into sticker_fetch as claim (sticker_id, due_at)
     select sticker_id, clock_timestamp() + ? * interval '1 millisecond' from star_gift as gift
     where user_id = ? and sticker_id is not null and sticker_hash is null and not exists (select 1 from sticker_fetch as other
       where other.sticker_id = gift.sticker_id and other.due_at > clock_timestamp())
       and not exists (select 1 from star_gift as kept where kept.sticker_id = gift.sticker_id and kept.sticker_hash is not null)
     group by sticker_id order by max(gift_id) desc limit 1
     on conflict (sticker_id) do update set due_at = excluded.due_at where claim.due_at <= clock_timestamp()
     returning sticker_id as id`,
    [forMs, userId],
  );
  return row?.id ?? null;
}

/** Nobody fetches it for `forMs`, twice as long after every failure, at most a day. */
export async function putOffSticker(em: SqlEntityManager, stickerId: string, forMs: number): Promise<void> {
  await em.execute(
    `update sticker_fetch set failures = failures + 1, due_at = clock_timestamp()
       + least(? * 2 ^ least(failures, 20), 86400000) * interval '1 millisecond' where sticker_id = ?`,
    [forMs, stickerId],
  );
}
