import type { SqlEntityManager } from '@mikro-orm/sql';
import { isoTime } from './iso-time.ts';

/** So many points draw one supply: 500 a gift, whatever its size and however long it sells. */
const POINTS = 500;

/** Copies left at a time, ISO 8601, UTC. */
export interface StockPoint {
  readonly at: string;
  readonly remaining: number;
}

/**
 * Notes the stock of these gifts as the ledger has it, inside the transaction that changed it: where it moved by a 500th of
 * the supply, was noted never, or ran out.
 */
export async function noteStock(em: SqlEntityManager, userId: string, giftIds: readonly string[]): Promise<void> {
  await em.execute(
    `insert into gift_stock (user_id, gift_id, remaining)
     select gift.user_id, gift.gift_id, gift.remaining from star_gift gift left join lateral (select remaining from gift_stock point
       where point.user_id = gift.user_id and point.gift_id = gift.gift_id order by at desc limit 1) last on true
     where gift.user_id = ? and gift.gift_id in (select jsonb_array_elements_text(?::jsonb)::bigint) and gift.remaining is not null
       and (last.remaining is null or gift.remaining <> last.remaining
         and (gift.remaining = 0 or abs(gift.remaining - last.remaining) * ? >= coalesce(gift.total, 0)))`,
    [userId, JSON.stringify(giftIds), POINTS],
  );
}

/** The stock of a user's gift over time, oldest first: the newest `limit` points. */
export async function readStock(
  em: SqlEntityManager,
  { userId, giftId, limit }: { readonly userId: string; readonly giftId: string; readonly limit: number },
): Promise<StockPoint[]> {
  const points = await em.execute<StockPoint[]>(
    `select ${isoTime('at')} as at, remaining::float8 as remaining from gift_stock where user_id = ? and gift_id = ?
     order by gift_stock.at desc limit ?`,
    [userId, giftId, limit],
  );
  return points.toReversed();
}
