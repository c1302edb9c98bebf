import type { SqlEntityManager } from '@mikro-orm/sql';

/** What operators watch, over all users. */
export interface GiftFigures {
  /** By state in lower case and, of refused ones, code; '' = none. */
  readonly purchases: readonly { readonly outcome: string; readonly code: string; readonly count: number }[];
  readonly spentStars: number;
  /** Seconds since the oldest purchase in doubt was sent; 0 = none is. */
  readonly oldestUnknownS: number;
  /** From detection to the first payment form, of the last 100 drops that had one, seconds. */
  readonly detection: Quantiles | null;
  /** From writing to sending, of the last 500 messages that were sent, seconds. */
  readonly notification: Quantiles | null;
  readonly outbox: readonly { readonly state: string; readonly count: number }[];
  /** Age of the oldest message that is due, seconds; 0 = none is. */
  readonly outboxLagS: number;
  /** Users whose gifts are to be watched, those of them whose accounts get no answer, and the age of the oldest last poll. */
  readonly watchers: number;
  readonly degraded: number;
  readonly oldestPollS: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

const QUANTILES = `case when count(s) > 0 then jsonb_build_object('p50', percentile_cont(0.5) within group (order by s),
  'p95', percentile_cont(0.95) within group (order by s), 'max', max(s)) end`;
const age = (time: string): string => `coalesce(extract(epoch from clock_timestamp() - ${time}), 0)::float8`;

/** Reads all figures in one statement. */
export async function readGiftFigures(em: SqlEntityManager): Promise<GiftFigures> {
  const [figures] = await em.execute<GiftFigures[]>(
    `select (select coalesce(jsonb_agg(counted), '[]') from (select lower(state) as outcome,
         case state when 'REJECTED' then coalesce(code, '') else '' end as code, count(*) as count from purchase group by 1, 2) counted) as purchases,
       (select coalesce(sum(price_stars), 0)::float8 from purchase where state = 'PAID') as "spentStars",
       (select ${age('min(sent_at)')} from purchase where state = 'UNKNOWN') as "oldestUnknownS",
       (select ${QUANTILES} from (select greatest(0, extract(epoch from min(p.form_at) - d.detected_at))::float8 as s
         from (select id, detected_at from drop_run where kind = 'release' order by detected_at desc limit 100) d
         join purchase p on p.drop_id = d.id and p.round = 0 group by d.id, d.detected_at) drops) as detection,
       (select ${QUANTILES} from (select extract(epoch from sent_at - created_at)::float8 as s from outbox_message
         where state = 'sent' and sent_at is not null order by sent_at desc limit 500) messages) as notification,
       (select coalesce(jsonb_agg(counted), '[]') from (select state, count(*) as count from outbox_message group by 1) counted) as outbox,
       (select ${age('min(greatest(created_at, due_at))')} from outbox_message
         where state = 'pending' and due_at <= clock_timestamp()) as "outboxLagS",
       watched.* from (select count(*)::float8 as watchers, (count(*) filter (where degraded_since is not null))::float8 as degraded,
         ${age('min(coalesce(w.last_poll_at, w.started_at, s.autobuy_on_since))')} as "oldestPollS"
         from user_settings s left join gift_watch w using (user_id) where s.autobuy_on) watched`,
  );
  if (figures === undefined) throw new Error('no figures');
  return figures;
}
