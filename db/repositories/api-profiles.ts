import type { SqlEntityManager } from '@mikro-orm/sql';
import { sealedAs, type Vault } from '../vault.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';

/** An application of my.telegram.org as its user sees it; `createdAt` is ISO 8601, UTC. The hash is never shown again. */
export interface ApiProfileRow {
  readonly id: string;
  readonly apiId: number;
  readonly name: string;
  /** Telegram accounts that use it. */
  readonly accounts: number;
  readonly createdAt: string;
}

const ROW = `select id, api_id as "apiId", name, ${isoTime('created_at')} as "createdAt",
  (select count(*)::int from telegram_account where api_profile_id = api_profile.id) as accounts from api_profile`;

/** A user's profiles, oldest first. */
export async function listApiProfiles(em: SqlEntityManager, userId: string): Promise<ApiProfileRow[]> {
  return await em.execute<ApiProfileRow[]>(`${ROW} where user_id = ? order by created_at, id`, [userId]);
}

/** One profile of the user, or null. */
export async function readApiProfile(
  em: SqlEntityManager,
  userId: string,
  profileId: string,
): Promise<ApiProfileRow | null> {
  const [row] = await em.execute<ApiProfileRow[]>(`${ROW} where user_id = ? and id = ?`, [userId, profileId]);
  return row ?? null;
}

export interface NewApiProfile {
  /** Chosen by the caller: repeating it with the same id adds nothing. */
  readonly id: string;
  readonly apiId: number;
  /** In clear; it is sealed here. */
  readonly apiHash: string;
  readonly name: string;
}

/** Adds a profile; the id of the one that has this `apiId` already, when that is another. */
export async function addApiProfile(
  { em, secrets }: Vault,
  actor: Actor,
  { id, apiId, apiHash, name }: NewApiProfile,
): Promise<{ readonly existingId: string | null }> {
  return await em.transactional(async (tx) => {
    const added = await tx.execute<object[]>(
      `insert into api_profile (id, user_id, api_id, api_hash, name) values (?, ?, ?, ?, ?)
       on conflict do nothing returning id`,
      [id, actor.userId, apiId, secrets.seal(apiHash, sealedAs.apiHash(id)), name],
    );
    if (added.length > 0) {
      await addAudit(tx, actor, { action: 'api-profile.added', details: { profileId: id, apiId } });
      return { existingId: null };
    }
    const [known] = await tx.execute<{ id: string }[]>('select id from api_profile where user_id = ? and api_id = ?', [
      ...[actor.userId, apiId],
    ]);
    return { existingId: known === undefined || known.id === id ? null : known.id };
  });
}

/** Gives a profile another name; false when the user has no such one. */
export async function renameApiProfile(
  em: SqlEntityManager,
  actor: Actor,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<boolean> {
  return await em.transactional(async (tx) => {
    const renamed = await tx.execute<object[]>(
      'update api_profile set name = ? where id = ? and user_id = ? returning id',
      [name, id, actor.userId],
    );
    if (renamed.length === 0) return false;
    await addAudit(tx, actor, { action: 'api-profile.renamed', details: { profileId: id } });
    return true;
  });
}

/** Deletes a profile that no account uses; what stood in the way otherwise. */
export async function removeApiProfile(
  em: SqlEntityManager,
  actor: Actor,
  profileId: string,
): Promise<'removed' | 'in-use' | 'not-found'> {
  return await em.transactional(async (tx) => {
    const [profile] = await tx.execute<object[]>('select id from api_profile where id = ? and user_id = ? for update', [
      ...[profileId, actor.userId],
    ]);
    if (profile === undefined) return 'not-found';
    const removed = await tx.execute<object[]>(
      `delete from api_profile where id = ? and not exists (select from telegram_account where api_profile_id = api_profile.id) returning id`,
      [profileId],
    );
    if (removed.length === 0) return 'in-use';
    await addAudit(tx, actor, { action: 'api-profile.removed', details: { profileId } });
    return 'removed';
  });
}
