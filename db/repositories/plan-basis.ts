import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AutobuySettings, ChannelRule } from '../../domain/stargifts/plan-types.ts';
import type { PurchaseSoFar } from '../../domain/stargifts/replan.ts';
import { accountOwners } from './account-leases.ts';
import { listChannelRules, type ChannelRuleRow } from './channel-rules.ts';
import { readSettings, type SettingsRow } from './user-settings.ts';

/** What a user's plans are made from, besides the gifts. */
export interface PlanBasis {
  readonly autobuyOn: boolean;
  /** Epoch ms; null = it is off. */
  readonly autobuyOnSince: number | null;
  readonly settings: AutobuySettings;
  readonly channels: readonly ChannelRule[];
  /** Target → accounts that were found unable to send to it. */
  readonly closedTargets: ReadonlyMap<string, ReadonlySet<string>>;
  readonly accounts: readonly BasisAccount[];
  /** Stars that all accounts paid or reserved today, in the user's zone. */
  readonly spentTodayStars: number;
  /** The database's clock, epoch ms. */
  readonly nowMs: number;
}

/** An account that can be used now. */
export interface BasisAccount {
  readonly id: string;
  /** As it is known; 0 = it was never looked up. */
  readonly stars: number;
  /** Of purchases that are planned, under way or in doubt, in all drops. */
  readonly reservedStars: number;
  readonly isPremium: boolean;
  /** Host that holds it; null = none. */
  readonly host: string | null;
}

/** Reads it all at once; inside a transaction it is one state. */
export async function readPlanBasis(em: SqlEntityManager, userId: string): Promise<PlanBasis> {
  const settings = await readSettings(em, userId);
  const rules = await listChannelRules(em, userId);
  const { spentTodayStars, nowMs } = await readSpent(em, userId, settings.zone);
  return {
    autobuyOn: settings.autobuyOn,
    autobuyOnSince: settings.autobuyOnSince === null ? null : Date.parse(settings.autobuyOnSince),
    settings: toAutobuySettings(settings),
    channels: rules.map(toChannelRule),
    closedTargets: closedTargets(rules),
    accounts: await readAccounts(em, userId),
    ...{ spentTodayStars, nowMs },
  };
}

const toAutobuySettings = (row: SettingsRow): AutobuySettings => ({
  forcedTarget: row.forcedTarget,
  forcedOnlyAsFallback: row.forcedOnlyOnNoMatch,
  maxPriceStars: row.maxPriceStars,
  excludedGiftIds: new Set(row.excludedGiftIds),
  floorBalanceStars: row.floorStars ?? 0,
  order: row.buyOrder,
  accountCapStars: row.capAccountStars,
  dropCapStars: row.capDropStars,
  dayCapStars: row.capDayStars,
  mayBuyUncapped: row.buyWithoutCap,
});

const toChannelRule = ({ id, channelId, priceMin, priceMax, supplyMin, supplyMax }: ChannelRuleRow): ChannelRule => ({
  ...{ id, target: channelId, priceMin, priceMax, supplyMin, supplyMax },
});

function closedTargets(rules: readonly ChannelRuleRow[]): Map<string, Set<string>> {
  const refused = rules.flatMap(({ channelId, access }): [string, Set<string>][] => {
    const accounts = access.filter(({ isReachable, takesGifts }) => !isReachable || !takesGifts);
    return accounts.length === 0 ? [] : [[channelId, new Set(accounts.map(({ accountId }) => accountId))]];
  });
  return new Map(refused);
}

async function readAccounts(em: SqlEntityManager, userId: string): Promise<BasisAccount[]> {
  const owners = await accountOwners(em, userId);
  const rows = await em.execute<(Omit<BasisAccount, 'host'> & { id: string })[]>(
    `select a.id, coalesce(a.stars, 0)::float8 as stars, a.is_premium as "isPremium",
       coalesce((select sum(p.price_stars) from purchase p where p.account_id = a.id
         and p.state in ('PLANNED', 'FORM', 'SENDING', 'UNKNOWN')), 0)::float8 as "reservedStars"
     from telegram_account a where a.user_id = ?`,
    [userId],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return owners.flatMap(({ accountId, host }) => {
    const row = byId.get(accountId);
    return row === undefined ? [] : [{ ...row, host }];
  });
}

async function readSpent(
  em: SqlEntityManager,
  userId: string,
  zone: string,
): Promise<Pick<PlanBasis, 'spentTodayStars' | 'nowMs'>> {
  const [row] = await em.execute<Pick<PlanBasis, 'spentTodayStars' | 'nowMs'>[]>(
    `select coalesce(sum(price_stars) filter (where state <> 'REJECTED' and
         (state <> 'PAID' or decided_at >= date_trunc('day', clock_timestamp() at time zone ?) at time zone ?)), 0)::float8 as "spentTodayStars",
       (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"
     from purchase where user_id = ? and (state in ('PLANNED', 'FORM', 'SENDING', 'UNKNOWN') or decided_at > now() - interval '2 days')`,
    [zone, zone, userId],
  );
  return row ?? { spentTodayStars: 0, nowMs: 0 };
}

/** The purchases of a drop as planning again needs them, in their order. */
export async function purchasesSoFar(em: SqlEntityManager, dropId: string): Promise<PurchaseSoFar[]> {
  return await em.execute<PurchaseSoFar[]>(
    `select account_id as "accountId", gift_id::text as "giftId", target, price_stars::float8 as "priceStars", failure,
       case state when 'PAID' then 'paid' when 'REJECTED' then 'failed' else 'open' end as state
     from purchase where drop_id = ? order by seq`,
    [dropId],
  );
}

/** Balances that were just asked for. */
export async function noteBalances(
  em: SqlEntityManager,
  userId: string,
  stars: ReadonlyMap<string, number>,
): Promise<void> {
  if (stars.size === 0) return;
  await em.execute(
    `update telegram_account a set stars = found.stars
     from jsonb_to_recordset(?::jsonb) as found (id uuid, stars bigint) where a.id = found.id and a.user_id = ?`,
    [JSON.stringify([...stars].map(([id, balance]) => ({ id, stars: balance }))), userId],
  );
}
