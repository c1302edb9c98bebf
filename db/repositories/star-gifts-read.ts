import type { SqlEntityManager } from '@mikro-orm/sql';
import type { GiftChange } from '../../domain/stargifts/gift-changes.ts';
import { isoTime } from './iso-time.ts';

/** A gift as a user's accounts saw it last; times are ISO 8601, UTC, ids decimal, prices whole Stars. */
export interface StarGiftRow {
  readonly id: string;
  readonly title: string | null;
  readonly priceStars: number;
  readonly isLimited: boolean;
  /** Copies ever made, and copies left; null = not limited. */
  readonly total: number | null;
  readonly remaining: number | null;
  readonly isSoldOut: boolean;
  readonly requiresPremium: boolean;
  readonly isAuction: boolean;
  readonly perUserTotal: number | null;
  /** null = cannot be upgraded. */
  readonly upgradeStars: number | null;
  /** Account id → until when it may not send the gift, epoch ms, null = it may. */
  readonly locks: Readonly<Record<string, number | null>>;
  readonly firstSaleAt: string | null;
  readonly lastSaleAt: string | null;
  /** When a poll first saw it; null = it was there before the watcher. */
  readonly appearedAt: string | null;
  readonly onSaleSince: string | null;
  readonly soldOutAt: string | null;
  /** From the first sale, or from when a poll first saw it, to the last; null = not sold out, or not known. */
  readonly soldOutAfterMs: number | null;
  /** SHA-256 of its animation, hex; null = not kept. */
  readonly stickerHash: string | null;
  readonly updatedAt: string;
}

/** Something that happened to a gift. */
export interface GiftEventRow {
  readonly id: number;
  readonly giftId: string;
  readonly kind: GiftChange['kind'];
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What the kind tells, as in `GiftChange`. */
  readonly data: Readonly<Record<string, number | null>>;
}

const ROW = `gift_id::text as id, title, price_stars::float8 as "priceStars", is_limited as "isLimited", total::float8 as total,
  remaining::float8 as remaining, is_sold_out as "isSoldOut", requires_premium as "requiresPremium", is_auction as "isAuction",
  per_user_total::float8 as "perUserTotal", upgrade_stars::float8 as "upgradeStars", locks, sticker_hash as "stickerHash",
  ${isoTime('first_sale_at')} as "firstSaleAt", ${isoTime('last_sale_at')} as "lastSaleAt",
  ${isoTime('appeared_at')} as "appearedAt", ${isoTime('on_sale_since')} as "onSaleSince",
  ${isoTime('sold_out_at')} as "soldOutAt", ${isoTime('updated_at')} as "updatedAt",
  case when is_sold_out or remaining = 0 then (extract(epoch from coalesce(last_sale_at, sold_out_at)
    - coalesce(first_sale_at, appeared_at)) * 1000)::float8 end as "soldOutAfterMs"`;

/** Keys are whole numbers: a cursor names one exactly. */
const SORTS = {
  newest: ['(extract(epoch from coalesce(appeared_at, to_timestamp(0))) * 1000000)::bigint', 'desc'],
  cheapest: ['price_stars', 'asc'],
  dearest: ['price_stars', 'desc'],
  scarcest: ['coalesce(total, 9000000000000000000)', 'asc'],
  'fewest-left': ['coalesce(remaining, 9000000000000000000)', 'asc'],
} as const;
export type GiftSort = keyof typeof SORTS;
export const GIFT_SORTS = ['newest', 'cheapest', 'dearest', 'scarcest', 'fewest-left'] as const satisfies GiftSort[];

/** null = whether or not. */
export interface GiftQuery {
  readonly userId: string;
  readonly limited: boolean | null;
  readonly soldOut: boolean | null;
  readonly upgradable: boolean | null;
  /** Stars, inclusive. */
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
  readonly sort: GiftSort;
  readonly limit: number;
  /** `position` of the last gift of the answer before. */
  readonly after: string | null;
}

/** A gift in a list. */
export interface ListedGift extends StarGiftRow {
  /** Where it stands in this order: two decimal numbers. */
  readonly position: string;
}
/** Form of a position. */
export const GIFT_POSITION = /^\d{1,19}:[1-9]\d{0,18}$/;

/** A user's gifts, at most `limit`. */
export async function listStarGifts(em: SqlEntityManager, query: GiftQuery): Promise<ListedGift[]> {
  const [key, order] = SORTS[query.sort];
  const flag = (sql: string, wanted: boolean | null) => [wanted === false ? `not ${sql}` : sql, wanted, false] as const;
  const filters = [
    ['user_id = ?', query.userId, true],
    flag('is_limited', query.limited),
    flag('(is_sold_out or coalesce(remaining = 0, false))', query.soldOut),
    flag('(upgrade_stars is not null)', query.upgradable),
    ['price_stars >= ?', query.minPrice, true],
    ['price_stars <= ?', query.maxPrice, true],
  ] as const;
  const used = filters.filter(([, value]) => value !== null);
  const keyset =
    query.after === null ? '' : `and (${key}, gift_id) ${order === 'asc' ? '>' : '<'} (?::bigint, ?::bigint)`;
  return await em.execute<ListedGift[]>(
    `select ${ROW}, (${key})::text || ':' || gift_id as position from star_gift
     where ${used.map(([sql]) => sql).join(' and ')} ${keyset} order by ${key} ${order}, gift_id ${order} limit ?`,
    [
      ...used.flatMap(([, value, isBound]) => (isBound ? [value] : [])),
      ...(query.after === null ? [] : query.after.split(':')),
      query.limit,
    ],
  );
}

/** One gift of the user, or null. */
export async function readStarGift(em: SqlEntityManager, userId: string, giftId: string): Promise<StarGiftRow | null> {
  const rows = await em.execute<StarGiftRow[]>(`select ${ROW} from star_gift where user_id = ? and gift_id = ?`, [
    userId,
    giftId,
  ]);
  return rows[0] ?? null;
}

const EVENT = `select id::float8 as id, gift_id::text as "giftId", kind, ${isoTime('at')} as at, data from gift_event`;

/** What happened to one gift, newest first, at most `limit`. */
export async function eventsOfGift(
  em: SqlEntityManager,
  { userId, giftId, limit }: { readonly userId: string; readonly giftId: string; readonly limit: number },
): Promise<GiftEventRow[]> {
  return await em.execute<GiftEventRow[]>(
    `${EVENT} where user_id = ? and gift_id = ? order by gift_event.id desc limit ?`,
    [userId, giftId, limit],
  );
}

/** What happened to a user's gifts after an event, oldest first, at most `limit`. A user's ids follow the order of commits. */
export async function eventsAfter(
  em: SqlEntityManager,
  { userId, after, limit }: { readonly userId: string; readonly after: number; readonly limit: number },
): Promise<GiftEventRow[]> {
  return await em.execute<GiftEventRow[]>(`${EVENT} where user_id = ? and id > ? order by gift_event.id limit ?`, [
    userId,
    after,
    limit,
  ]);
}

/** Id of the newest event of the user; 0 = there is none. */
export async function lastEventId(em: SqlEntityManager, userId: string): Promise<number> {
  const [row] = await em.execute<{ id: number | null }[]>(
    'select max(id)::float8 as id from gift_event where user_id = ?',
    [userId],
  );
  return row?.id ?? 0;
}

/** Gifts of the user by id; ids that are not there are left out. */
export async function starGiftsById(
  em: SqlEntityManager,
  userId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StarGiftRow>> {
  const rows = await em.execute<StarGiftRow[]>(
    `select ${ROW} from star_gift where user_id = ? and gift_id in (select jsonb_array_elements_text(?::jsonb)::bigint)`,
    [userId, JSON.stringify([...new Set(ids)])],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
