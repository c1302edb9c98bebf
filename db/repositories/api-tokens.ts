import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Scope } from '../../domain/accounts/scope.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';
import type { SignedIn } from './sessions.ts';

/** A token as its user sees it; times are ISO 8601, UTC. The token itself is nowhere. */
export interface ApiTokenRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

const ROW = `id, name, scopes, ${isoTime('created_at')} as "createdAt", ${isoTime('last_used_at')} as "lastUsedAt"`;

export interface NewApiToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string;
}

/** Adds a token of the user. */
export async function addApiToken(
  em: SqlEntityManager,
  actor: Actor,
  { name, scopes, tokenHash }: NewApiToken,
): Promise<ApiTokenRow> {
  return await em.transactional(async (tx) => {
    const [row] = await tx.execute<ApiTokenRow[]>(
      `insert into api_token (user_id, name, scopes, token_hash) values (?, ?, ?::jsonb, ?) returning ${ROW}`,
      [actor.userId, name, JSON.stringify(scopes), tokenHash],
    );
    if (row === undefined) throw new Error('an insert returned no row');
    await addAudit(tx, actor, { action: 'token.created', details: { tokenId: row.id, name, scopes } });
    return row;
  });
}

/** A user's tokens that are not revoked, newest first. */
export async function listApiTokens(em: SqlEntityManager, userId: string): Promise<ApiTokenRow[]> {
  return await em.execute<ApiTokenRow[]>(
    `select ${ROW} from api_token where user_id = ? and revoked_at is null order by created_at desc, id`,
    [userId],
  );
}

/** Revokes a token of the user; false when there is no such one, or no more. */
export async function revokeApiToken(em: SqlEntityManager, actor: Actor, tokenId: string): Promise<boolean> {
  return await em.transactional(async (tx) => {
    const revoked = await tx.execute<object[]>(
      `update api_token set revoked_at = clock_timestamp() where id = ? and user_id = ? and revoked_at is null returning id`,
      [tokenId, actor.userId],
    );
    if (revoked.length === 0) return false;
    await addAudit(tx, actor, { action: 'token.revoked', details: { tokenId } });
    return true;
  });
}

/** Whose token it is and what for, or null; notes once a minute that it is in use. */
export async function findApiToken(
  em: SqlEntityManager,
  tokenHash: string,
): Promise<(SignedIn & { readonly scopes: readonly Scope[] }) | null> {
  const [row] = await em.execute<(SignedIn & { scopes: readonly Scope[]; tokenId: string; isStale: boolean })[]>(
    `select app_user.id, app_user.name, role, scopes, api_token.id as "tokenId",
       coalesce(last_used_at < clock_timestamp() - interval '1 minute', true) as "isStale"
     from api_token join app_user on app_user.id = user_id where token_hash = ? and revoked_at is null`,
    [tokenHash],
  );
  if (row === undefined) return null;
  const { isStale, tokenId, ...found } = row;
  if (isStale) await em.execute('update api_token set last_used_at = clock_timestamp() where id = ?', [tokenId]);
  return found;
}
