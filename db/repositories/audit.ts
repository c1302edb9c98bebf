import type { SqlEntityManager } from '@mikro-orm/sql';
import { isoTime } from './iso-time.ts';

/** Who does something, and from which address. */
export interface Actor {
  readonly userId: string;
  /** null = the program itself, on the user's behalf. */
  readonly ip: string | null;
}

export interface NewAuditEntry {
  /** E.g. `settings.changed`: what, then what became of it. */
  readonly action: string;
  readonly result?: 'ok' | 'refused';
  /** Never a secret: fields that changed, ids, sums. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditRow {
  readonly id: number;
  /** null = nobody known, or somebody who was deleted since. */
  readonly userId: string | null;
  readonly userName: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly action: string;
  readonly ip: string | null;
  readonly result: 'ok' | 'refused';
  readonly details: Readonly<Record<string, unknown>>;
}

/** Notes what was done; call it in the transaction of the change. A null actor's id = nobody is known. */
export async function addAudit(
  em: SqlEntityManager,
  { userId, ip }: { readonly userId: string | null; readonly ip: string | null },
  { action, result = 'ok', details = {} }: NewAuditEntry,
): Promise<void> {
  await em.execute('insert into audit_entry (user_id, action, ip, result, details) values (?, ?, ?, ?, ?::jsonb)', [
    userId,
    action,
    ip,
    result,
    JSON.stringify(details),
  ]);
}

export interface AuditQuery {
  /** null = everybody's. */
  readonly userId: string | null;
  /** The whole action, or its first part: `settings` finds `settings.changed`. */
  readonly action: string | null;
  readonly result: 'ok' | 'refused' | null;
  /** ISO 8601; the first is inclusive, the second is not. */
  readonly from: string | null;
  readonly to: string | null;
  readonly limit: number;
  /** Id of the last entry of the answer before. */
  readonly before: number | null;
}

/** Entries, newest first, at most `limit`. */
export async function listAudit(em: SqlEntityManager, query: AuditQuery): Promise<AuditRow[]> {
  const { userId, action, result, from, to, before } = query;
  const filters: (readonly [sql: string, ...values: unknown[]])[] = [];
  if (userId !== null) filters.push(['entry.user_id = ?', userId]);
  if (action !== null) filters.push([`(action = ? or starts_with(action, ?))`, action, `${action}.`]);
  if (result !== null) filters.push(['result = ?', result]);
  if (from !== null) filters.push(['at >= ?', from]);
  if (to !== null) filters.push(['at < ?', to]);
  if (before !== null) filters.push(['entry.id < ?', before]);
  const where = filters.length === 0 ? '' : `where ${filters.map(([sql]) => sql).join(' and ')}`;
  return await em.execute<AuditRow[]>(
    `select entry.id::float8 as id, user_id as "userId", app_user.name as "userName", ${isoTime('at')} as at, action, ip, result, details
     from audit_entry as entry left join app_user on app_user.id = user_id ${where} order by entry.id desc limit ?`,
    [...filters.flatMap(([, ...values]) => values), query.limit],
  );
}
