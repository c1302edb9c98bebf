import type { SqlEntityManager } from '@mikro-orm/sql';
import type { GiftChange, KnownGift } from '../../domain/stargifts/gift-changes.ts';
import type { StarGift } from '../../domain/stargifts/star-gift.ts';
import { noteStock } from './gift-stock.ts';

/** A gift of a user's ledger; times are epoch ms. */
export interface LedgerGift extends KnownGift {
  /** Since when it was seen on sale; null = it was on sale before anybody looked, or it is not. */
  readonly onSaleSince: number | null;
  readonly soldOutAt: number | null;
  /** SHA-256 of its animation, hex; null = not fetched. */
  readonly stickerHash: string | null;
}

type Row = Omit<StarGift, 'perUserRemaining' | 'lockedUntil'> & Omit<LedgerGift, 'gift'>;

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const ROW = `gift_id::text as id, title, price_stars::float8 as "priceStars", is_limited as "isLimited", total::float8 as total,
  remaining::float8 as remaining, is_sold_out as "isSoldOut", requires_premium as "requiresPremium",
  is_auction as "isAuction", per_user_total::float8 as "perUserTotal", locks, upgrade_stars::float8 as "upgradeStars",
  ${ms('first_sale_at')} as "firstSaleAt", ${ms('last_sale_at')} as "lastSaleAt", sticker_id as "stickerId",
  sticker_hash as "stickerHash", ${ms('appeared_at')} as "appearedAt", ${ms('on_sale_since')} as "onSaleSince",
  ${ms('sold_out_at')} as "soldOutAt"`;

/** All gifts that a user's watcher knows, by id. */
export async function readLedger(em: SqlEntityManager, userId: string): Promise<ReadonlyMap<string, LedgerGift>> {
  const rows = await em.execute<Row[]>(`select ${ROW} from star_gift where user_id = ?`, [userId]);
  return new Map(rows.map((row) => [row.id, toLedgerGift(row)]));
}

function toLedgerGift({ appearedAt, locks, onSaleSince, soldOutAt, stickerHash, ...gift }: Row): LedgerGift {
  return {
    gift: { ...gift, perUserRemaining: null, lockedUntil: null },
    ...{ appearedAt, locks, onSaleSince, soldOutAt, stickerHash },
  };
}

/** What a list changed in the ledger of a user. */
export interface LedgerWrite {
  readonly userId: string;
  readonly changed: readonly KnownGift[];
  readonly changes: readonly GiftChange[];
  /** What is on sale was so before anybody looked. */
  readonly baseline: boolean;
}

const TIMES = ['firstSaleAt', 'lastSaleAt', 'appearedAt'] as const;
const time = (name: (typeof TIMES)[number]): string => `to_timestamp(gift."${name}" / 1000)`;

/** Writes changed gifts and their events, inside the transaction of what follows from them; returns the events' ids. */
export async function writeLedger(em: SqlEntityManager, write: LedgerWrite): Promise<readonly number[]> {
  if (write.changed.length > 0) {
    await putGifts(em, write);
    const giftIds = write.changed.map(({ gift }) => gift.id);
    await noteStock(em, write.userId, giftIds);
  }
  if (write.changes.length === 0) return [];
  const events = await em.execute<{ id: number }[]>(
    `insert into gift_event (user_id, gift_id, kind, data)
     select ?, (change ->> 'giftId')::bigint, change ->> 'kind', change - 'giftId' - 'kind'
     from jsonb_array_elements(?::jsonb) with ordinality as event (change, place) order by place returning id::float8 as id`,
    [write.userId, JSON.stringify(write.changes)],
  );
  await noteSales(em, write);
  return events.map(({ id }) => id);
}

async function putGifts(em: SqlEntityManager, { userId, changed }: LedgerWrite): Promise<void> {
  const rows = changed.map(({ gift, appearedAt, locks }) => ({ ...gift, appearedAt, locks }));
  await em.execute(
    `insert into star_gift (user_id, gift_id, title, price_stars, is_limited, total, remaining, is_sold_out, requires_premium,
       is_auction, per_user_total, locks, upgrade_stars, first_sale_at, last_sale_at, sticker_id, appeared_at)
     select ?, id, title, "priceStars", "isLimited", total, remaining, "isSoldOut", "requiresPremium", "isAuction",
       "perUserTotal", locks, "upgradeStars", ${TIMES.slice(0, 2).map(time).join(', ')}, "stickerId", ${time('appearedAt')}
     from jsonb_to_recordset(?::jsonb) as gift (id bigint, title text, "priceStars" bigint, "isLimited" boolean, total bigint,
       remaining bigint, "isSoldOut" boolean, "requiresPremium" boolean, "isAuction" boolean, "perUserTotal" bigint,
       locks jsonb, "upgradeStars" bigint, "firstSaleAt" float8, "lastSaleAt" float8, "stickerId" text, "appearedAt" float8)
     on conflict (user_id, gift_id) do update set title = excluded.title, price_stars = excluded.price_stars,
       is_limited = excluded.is_limited, total = excluded.total, remaining = excluded.remaining,
       is_sold_out = excluded.is_sold_out, requires_premium = excluded.requires_premium, is_auction = excluded.is_auction,
       per_user_total = excluded.per_user_total, locks = excluded.locks, upgrade_stars = excluded.upgrade_stars,
       first_sale_at = excluded.first_sale_at, last_sale_at = excluded.last_sale_at, sticker_id = excluded.sticker_id,
       sticker_hash = case when star_gift.sticker_id is not distinct from excluded.sticker_id then star_gift.sticker_hash end,
       updated_at = clock_timestamp()`,
    [userId, JSON.stringify(rows)],
  );
}

/** When a gift came on sale and when it was gone, of those that this happened to. */
async function noteSales(em: SqlEntityManager, { userId, changes, baseline }: LedgerWrite): Promise<void> {
  const onSale = changes.flatMap(({ kind, giftId }) => (kind === 'appeared' || kind === 'restocked' ? [giftId] : []));
  const gone = changes.flatMap(({ kind, giftId }) => (kind === 'sold-out' ? [giftId] : []));
  if (onSale.length + gone.length === 0) return;
  await em.execute(
    `update star_gift set on_sale_since = case when gift_id::text in (select jsonb_array_elements_text(?::jsonb)) then clock_timestamp() end,
       sold_out_at = case when gift_id::text in (select jsonb_array_elements_text(?::jsonb)) then clock_timestamp() end
     where user_id = ? and gift_id in (select jsonb_array_elements_text(?::jsonb)::bigint)`,
    [JSON.stringify(baseline ? [] : onSale), JSON.stringify(gone), userId, JSON.stringify([...onSale, ...gone])],
  );
}
