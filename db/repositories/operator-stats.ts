import type { SqlEntityManager } from '@mikro-orm/sql';

/** How much the bots are used. */
export interface OperatorStats {
  readonly users: number;
  /** Within 24 h. */
  readonly newUsers: number;
  readonly telegram: number;
  readonly telegramBlocked: number;
  readonly max: number;
  readonly maxBlocked: number;
  /** Active ones. */
  readonly reminders: number;
  /** Messages of the program's own bots within 24 h. */
  readonly told: number;
  readonly unknown: number;
}

/** Figures for operators. */
export async function readOperatorStats(em: SqlEntityManager): Promise<OperatorStats> {
  const chats = (messenger: string, state: string): string =>
    `(select count(*)::int from chat where messenger = '${messenger}'${state})`;
  const told = (state: string): string =>
    `(select count(*)::int from outbox_message where sender in ('telegram', 'max') and state = '${state}'
       and created_at > clock_timestamp() - interval '24 hours')`;
  const [stats] = await em.execute<OperatorStats[]>(
    `select (select count(*)::int from app_user) as users,
       (select count(*)::int from app_user where created_at > clock_timestamp() - interval '24 hours') as "newUsers",
       ${chats('telegram', '')} as telegram, ${chats('telegram', ` and state = 'blocked'`)} as "telegramBlocked",
       ${chats('max', '')} as max, ${chats('max', ` and state = 'blocked'`)} as "maxBlocked",
       (select count(*)::int from reminder where state = 'active') as reminders,
       ${told('sent')} as told, ${told('unknown')} as unknown`,
  );
  if (stats === undefined) throw new Error('a count has a row');
  return stats;
}

/** What waits, and what went wrong. */
export interface OperatorHealth {
  readonly outbox: number;
  /** Of the oldest message that is due; 0 = none is. */
  readonly outboxAgeSeconds: number;
  readonly inbox: number;
  /** Updates given up within 24 h. */
  readonly failed: number;
}

/** State of the queues for operators. */
export async function readOperatorHealth(em: SqlEntityManager): Promise<OperatorHealth> {
  const [health] = await em.execute<OperatorHealth[]>(
    `select (select count(*)::int from outbox_message where state = 'pending') as outbox,
       (select coalesce(greatest(0, extract(epoch from clock_timestamp() - min(due_at))), 0)::int
          from outbox_message where state = 'pending') as "outboxAgeSeconds",
       (select count(*)::int from inbox_update where state = 'new') as inbox,
       (select count(*)::int from inbox_update where state = 'failed'
          and received_at > clock_timestamp() - interval '24 hours') as failed`,
  );
  if (health === undefined) throw new Error('a count has a row');
  return health;
}
