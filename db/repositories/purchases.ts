import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Purchase } from '../../domain/stargifts/purchase.ts';
import type { SentPurchase } from '../../domain/stargifts/reconcile.ts';
import type { GiftTarget } from '../../domain/stargifts/star-gift.ts';

/** A purchase as it stands; times are epoch ms of the database's clock, 64-bit numbers decimal strings. */
export interface PurchaseRow extends Purchase {
  readonly id: string;
  readonly dropId: string;
  readonly userId: string;
  readonly accountId: string;
  /** Place in the drop, and the round of planning that it comes from. */
  readonly seq: number;
  readonly round: number;
  readonly giftId: string;
  readonly target: GiftTarget;
  readonly priceStars: number;
  /** Copies ever made; null = not said. */
  readonly supply: number | null;
  readonly formAt: number | null;
  /** Of the first sending of any of its forms, and of the end of the last. */
  readonly sentAt: number | null;
  readonly lastSentAt: number | null;
  readonly decidedAt: number | null;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
/** The columns of a `PurchaseRow`; the table's name is `p`. */
export const PURCHASE_ROW = `p.id, p.drop_id as "dropId", p.user_id as "userId", p.account_id as "accountId", p.seq, p.round,
  p.gift_id::text as "giftId", p.target, p.price_stars::float8 as "priceStars", p.supply::float8 as supply,
  p.state as status, p.form_id::text as "formId", p.sends, p.forms, p.failure, p.code, ${ms('p.form_at')} as "formAt",
  ${ms('p.sent_at')} as "sentAt", ${ms('p.last_sent_at')} as "lastSentAt", ${ms('p.decided_at')} as "decidedAt"`;

/** Nothing more may be bought in a drop that was stopped, nor by itself when the switch is off. */
const STOPPED = `(d.stop_at is not null or (d.kind <> 'manual' and not exists
  (select 1 from user_settings s where s.user_id = d.user_id and s.autobuy_on)))`;
const SOLD_OUT = `exists (select 1 from purchase o
  where o.drop_id = p.drop_id and o.gift_id = p.gift_id and o.failure = 'sold-out')`;
const FENCED = 'exists (select 1 from telegram_account a where a.id = p.account_id and a.lease_fence = ?)';

/** What an account has to do next, and whether it may. */
export interface NextPurchase extends PurchaseRow {
  readonly stopped: boolean;
  /** Somebody was told that the gift is sold out. */
  readonly closed: boolean;
  /** The database's clock, epoch ms. */
  readonly now: number;
}

/**
 * The account's next purchase of a drop: what may have been sent first, then what has a form, then the plan in its order.
 * @param passed  ids of purchases in doubt that were looked up just now
 */
export async function nextPurchase(
  em: SqlEntityManager,
  { dropId, accountId }: { readonly dropId: string; readonly accountId: string },
  passed: readonly string[],
): Promise<NextPurchase | null> {
  const [row] = await em.execute<NextPurchase[]>(
    `select ${PURCHASE_ROW}, ${STOPPED} as stopped, ${SOLD_OUT} as closed, ${ms('clock_timestamp()')} as now
     from purchase p join drop_run d on d.id = p.drop_id
     where p.drop_id = ? and p.account_id = ? and p.state in ('SENDING', 'UNKNOWN', 'FORM', 'PLANNED')
       and p.id not in (select jsonb_array_elements_text(?::jsonb)::uuid)
     order by array_position(array['SENDING', 'UNKNOWN', 'FORM', 'PLANNED'], p.state), p.seq limit 1`,
    [dropId, accountId, JSON.stringify(passed)],
  );
  return row ?? null;
}

/** One step of a purchase: taken only from the state in which it was seen, and only by the lease's holder. */
export interface PurchaseMove {
  readonly from: Pick<PurchaseRow, 'id' | 'status' | 'sends' | 'forms'>;
  readonly to: Purchase;
  readonly fence: string;
  /** What its form spends; absent = as before. */
  readonly priceStars?: number;
}

/**
 * Commits a step; false, and nothing is changed, when it is not ours any more. A first sending is also refused when the
 * drop was stopped or the gift is sold out: this is the last word before stars are spent.
 * A payment leaves the account's balance as we know it in the same statement.
 */
export async function movePurchase(em: SqlEntityManager, { from, to, ...rest }: PurchaseMove): Promise<boolean> {
  const isFirstSending = to.status === 'SENDING' && to.sends === 1;
  const rows = await em.execute<object[]>(
    `with moved as (
       update purchase p set state = ?, form_id = ?, sends = ?, forms = ?, failure = ?, code = ?, fence = ?,
         price_stars = coalesce(?, p.price_stars),
         form_at = case when ? <> p.forms then clock_timestamp() else p.form_at end,
         sent_at = case when ? = 'SENDING' then coalesce(p.sent_at, clock_timestamp()) else p.sent_at end,
         last_sent_at = case when 'SENDING' in (?, p.state) then clock_timestamp() else p.last_sent_at end,
         decided_at = case when ? in ('PAID', 'REJECTED') then clock_timestamp() end
       from drop_run d where p.id = ? and p.state = ? and p.sends = ? and p.forms = ? and d.id = p.drop_id and ${FENCED}
         ${isFirstSending ? `and not ${STOPPED} and not ${SOLD_OUT}` : ''}
       returning p.account_id, p.price_stars, p.state),
     spent as (update telegram_account a set stars = greatest(0, a.stars - moved.price_stars) from moved
       where a.id = moved.account_id and moved.state = 'PAID')
     select 1 from moved`,
    [
      ...[to.status, to.formId, to.sends, to.forms, to.failure, to.code, rest.fence, rest.priceStars ?? null],
      ...[to.forms, to.status, to.status, to.status, from.id, from.status, from.sends, from.forms, rest.fence],
    ],
  );
  return rows.length > 0;
}

/** Which purchases of a drop that were never sent are given up; an absent filter means all. */
export interface GiveUp {
  readonly dropId: string;
  readonly accountId?: string;
  readonly giftId?: string;
  readonly target?: GiftTarget;
  /** `STOPPED`, `GIVEN_UP` … */
  readonly code: string;
}

/** Gives up what was never sent; its stars and copies are free. Returns how many that were. */
export async function giveUp(em: SqlEntityManager, { dropId, code, ...filter }: GiveUp): Promise<number> {
  const filters = [
    ['account_id = ?', filter.accountId],
    ['gift_id = ?', filter.giftId],
    ['target = ?', filter.target],
  ] as const;
  const used = filters.filter(([, value]) => value !== undefined);
  const rows = await em.execute<object[]>(
    `update purchase set state = 'REJECTED', code = ?, failure = null, decided_at = clock_timestamp()
     where drop_id = ? and state in ('PLANNED', 'FORM') ${used.map(([sql]) => `and ${sql}`).join(' ')} returning id`,
    [code, dropId, ...used.map(([, value]) => value)],
  );
  return rows.length;
}

/** What one account sent that looks like a purchase (gift, receiver, price), within a day of it, and how much else it sent. */
export interface SentLikewise {
  readonly alike: readonly SentPurchase[];
  /** All its sendings since the first of them. */
  readonly sendings: number;
  readonly accountTelegramId: string;
}

/** What must be known of an account's sendings to tell from its transactions whether a purchase was paid. */
export async function sentLikewise(em: SqlEntityManager, row: PurchaseRow): Promise<SentLikewise> {
  const alike = await em.execute<SentPurchase[]>(
    `select p.id, p.state as status, p.gift_id::text as "giftId", p.target, p.price_stars::float8 as "priceStars",
       ${ms('p.sent_at')} as "firstSentAt", ${ms('p.last_sent_at')} as "lastSentAt"
     from purchase p join purchase doubtful on doubtful.id = ? and p.account_id = doubtful.account_id
       and p.gift_id = doubtful.gift_id and p.target = doubtful.target and p.price_stars = doubtful.price_stars
     where p.state in ('PAID', 'UNKNOWN') and p.sent_at >= doubtful.sent_at - interval '1 day' order by p.sent_at`,
    [row.id],
  );
  const [account] = await em.execute<{ telegramId: string; sendings: number }[]>(
    `select telegram_id::text as "telegramId", (select count(*)::int from purchase p where p.account_id = a.id
       and p.sent_at >= to_timestamp(?::float8 / 1000)) as sendings from telegram_account a where a.id = ?`,
    [alike[0]?.firstSentAt ?? row.sentAt ?? 0, row.accountId],
  );
  return { alike, sendings: account?.sendings ?? 0, accountTelegramId: account?.telegramId ?? '' };
}
