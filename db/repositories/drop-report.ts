import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DropReport } from '../../contracts/stargifts.ts';
import type { ReportedPurchase } from '../../domain/stargifts/gift-outcome.ts';
import { reportMessages } from '../../domain/stargifts/run-report.ts';
import type { DropRow } from './drops.ts';
import { readSettings } from './user-settings.ts';

/** Accounts that have something to do in a drop, in the order of its plan. */
export async function openCrew(em: SqlEntityManager, dropId: string): Promise<{ readonly accountId: string }[]> {
  return await em.execute<{ accountId: string }[]>(
    `select account_id as "accountId" from purchase where drop_id = ? and state in ('PLANNED', 'FORM', 'SENDING', 'UNKNOWN')
     group by account_id order by min(seq)`,
    [dropId],
  );
}

/** What a drop came to, as it is told, from its purchases as they stand. */
export async function reportOf(em: SqlEntityManager, { id, userId, plan }: DropRow): Promise<DropReport> {
  const { language } = await readSettings(em, userId);
  const purchases = await em.execute<ReportedPurchase[]>(
    `select gift_id::text as "giftId", account_id as "accountId", target, price_stars::float8 as "priceStars", state, code
     from purchase where drop_id = ? order by seq`,
    [id],
  );
  const labels = await em.execute<{ id: string; label: string }[]>(
    'select id, telegram_id::text as label from telegram_account where user_id = ?',
    [userId],
  );
  const labelOf = new Map(labels.map((row) => [row.id, row.label]));
  const accounts = plan.accounts.map(({ accountId, balanceStars }) => ({
    ...{ accountId, balanceStars, label: labelOf.get(accountId) ?? accountId },
  }));
  const paid = purchases.filter(({ state }) => state === 'PAID');
  return {
    messages: reportMessages({ ...plan, purchases, accounts, language }),
    gifts: plan.gifts.length,
    bought: paid.length,
    spentStars: paid.reduce((sum, { priceStars }) => sum + priceStars, 0),
    unknown: purchases.filter(({ state }) => state === 'UNKNOWN' || state === 'SENDING').length,
  };
}
