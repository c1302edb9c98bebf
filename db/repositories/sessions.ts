import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Role } from '../../domain/accounts/role.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';

export interface NewSession {
  readonly userId: string;
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string;
  readonly ip: string;
  readonly agent: string;
  readonly lifeMs: number;
  /** Hash of the token that the browser had before: that session ends. */
  readonly replaces: string | null;
  /** How the person proved who it is, e.g. `password`. */
  readonly by: string;
}

/** Signs a browser in; ids are never taken over from before, and sessions that ran out are swept away. */
export async function openSession(em: SqlEntityManager, session: NewSession): Promise<void> {
  const { userId, tokenHash, ip, agent, lifeMs, replaces, by } = session;
  await em.transactional(async (tx) => {
    await tx.execute('delete from session where token_hash = ? or (user_id = ? and expires_at < clock_timestamp())', [
      ...[replaces, userId],
    ]);
    await tx.execute(
      `insert into session (user_id, token_hash, ip, agent, expires_at)
       values (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')`,
      [userId, tokenHash, ip, agent, lifeMs],
    );
    await addAudit(tx, { userId, ip }, { action: 'session.opened', details: { by } });
  });
}

/** Who a request comes from. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** Who is signed in with this token, or null; notes once a minute that the session is in use. */
export async function findSession(
  em: SqlEntityManager,
  tokenHash: string,
): Promise<(SignedIn & { readonly sessionId: string }) | null> {
  const [row] = await em.execute<(SignedIn & { sessionId: string; isStale: boolean })[]>(
    `select app_user.id, name, role, session.id as "sessionId", last_seen_at < clock_timestamp() - interval '1 minute' as "isStale"
     from session join app_user on app_user.id = user_id where token_hash = ? and expires_at > clock_timestamp()`,
    [tokenHash],
  );
  if (row === undefined) return null;
  const { isStale, ...found } = row;
  if (isStale) await em.execute('update session set last_seen_at = clock_timestamp() where id = ?', [row.sessionId]);
  return found;
}

/** A session as its user sees it; times are ISO 8601, UTC. */
export interface SessionRow {
  readonly id: string;
  readonly ip: string;
  readonly agent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}

/** A user's sessions that have not run out, the one used last first. */
export async function listSessions(em: SqlEntityManager, userId: string): Promise<SessionRow[]> {
  return await em.execute<SessionRow[]>(
    `select id, ip, agent, ${isoTime('created_at')} as "createdAt", ${isoTime('last_seen_at')} as "lastSeenAt",
       ${isoTime('expires_at')} as "expiresAt"
     from session where user_id = ? and expires_at > clock_timestamp() order by last_seen_at desc, id`,
    [userId],
  );
}

/** Ends one session of the user; false when there is no such one. */
export async function endSession(em: SqlEntityManager, actor: Actor, sessionId: string): Promise<boolean> {
  return await em.transactional(async (tx) => {
    const ended = await tx.execute<object[]>('delete from session where id = ? and user_id = ? returning id', [
      ...[sessionId, actor.userId],
    ]);
    if (ended.length === 0) return false;
    await addAudit(tx, actor, { action: 'session.ended', details: { sessionId } });
    return true;
  });
}

/** Ends every session of the user but one; how many. */
export async function endOtherSessions(em: SqlEntityManager, actor: Actor, keepId: string): Promise<number> {
  return await em.transactional(async (tx) => {
    const ended = await tx.execute<object[]>('delete from session where user_id = ? and id <> ? returning id', [
      ...[actor.userId, keepId],
    ]);
    await addAudit(tx, actor, { action: 'session.others-ended', details: { sessions: ended.length } });
    return ended.length;
  });
}
