import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { Role } from '../../domain/accounts/role.ts';
import { userNameKey } from '../../domain/accounts/user-name.ts';
import { absorbUser } from './absorb-user.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';

/** A person as he sees himself; `createdAt` is ISO 8601, UTC. */
export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  /** IANA time zone. */
  readonly zone: string;
  /** 64-bit numbers in decimal; null = not linked. */
  readonly telegramId: string | null;
  readonly maxId: string | null;
  readonly createdAt: string;
}

export type Messenger = 'telegram' | 'max';
const COLUMNS = { telegram: 'telegram_id', max: 'max_id' } as const satisfies Record<Messenger, string>;

const ROW = `select app_user.id, name, role, language, zone, telegram_id::text as "telegramId", max_id::text as "maxId",
  ${isoTime('created_at')} as "createdAt" from app_user join user_settings on user_id = app_user.id`;

export interface NewUser {
  readonly name: string;
  readonly passwordHash: string;
  readonly language: Language;
  readonly zone: string;
  readonly ip: string;
}

/** Adds a user with settings of his own; the first one with a password becomes owner. Null when the name is taken. */
export async function addUser(em: SqlEntityManager, user: NewUser): Promise<UserRow | null> {
  return await em.transactional(async (tx) => {
    // Two at once would both be the first.
    await tx.execute('lock table app_user in share row exclusive mode');
    const [added] = await tx.execute<{ id: string }[]>(
      `insert into app_user (name, name_key, password_hash, role)
       values (?, ?, ?, case when exists (select from app_user where password_hash is not null) then 'user' else 'owner' end)
       on conflict (name_key) do nothing returning id`,
      [user.name, userNameKey(user.name), user.passwordHash],
    );
    if (added === undefined) return null;
    await tx.execute('insert into user_settings (user_id, language, zone) values (?, ?, ?)', [
      ...[added.id, user.language, user.zone],
    ]);
    await addAudit(tx, { userId: added.id, ip: user.ip }, { action: 'user.registered', details: { name: user.name } });
    return await readUser(tx, added.id);
  });
}

/** The user, or null. */
export async function readUser(em: SqlEntityManager, userId: string): Promise<UserRow | null> {
  const [row] = await em.execute<UserRow[]>(`${ROW} where app_user.id = ?`, [userId]);
  return row ?? null;
}

/** Id and password hash (PHC) of the user with this name, or null; without a hash no password is right. */
export async function findCredentials(
  em: SqlEntityManager,
  name: string,
): Promise<{ readonly id: string; readonly passwordHash: string | null } | null> {
  const [row] = await em.execute<{ id: string; passwordHash: string | null }[]>(
    'select id, password_hash as "passwordHash" from app_user where name_key = ?',
    [userNameKey(name)],
  );
  return row ?? null;
}

/** Stores the same password under stronger parameters. */
export async function rehashPassword(em: SqlEntityManager, userId: string, passwordHash: string): Promise<void> {
  await em.execute('update app_user set password_hash = ? where id = ?', [passwordHash, userId]);
}

/** Sets another password and ends every session but the one that asks. */
export async function changePassword(
  em: SqlEntityManager,
  actor: Actor,
  { passwordHash, keepSessionId }: { readonly passwordHash: string; readonly keepSessionId: string },
): Promise<void> {
  await em.transactional(async (tx) => {
    await rehashPassword(tx, actor.userId, passwordHash);
    const ended = await tx.execute<object[]>('delete from session where user_id = ? and id <> ? returning id', [
      ...[actor.userId, keepSessionId],
    ]);
    await addAudit(tx, actor, { action: 'password.changed', details: { sessionsEnded: ended.length } });
  });
}

/** Id of the user who is this person in a messenger, or null. */
export async function findByMessenger(
  em: SqlEntityManager,
  messenger: Messenger,
  messengerId: string,
): Promise<string | null> {
  const [row] = await em.execute<{ id: string }[]>(`select id from app_user where ${COLUMNS[messenger]} = ?`, [
    messengerId,
  ]);
  return row?.id ?? null;
}

/**
 * Makes a person of a messenger this user (null = nobody any more); one who only talked to the bot so far brings along what he
 * has there. False when it is another user with a password already.
 */
export async function linkMessenger(
  em: SqlEntityManager,
  actor: Actor,
  { messenger, messengerId }: { readonly messenger: Messenger; readonly messengerId: string | null },
): Promise<boolean> {
  const column = COLUMNS[messenger];
  return await em.transactional(async (tx) => {
    // Two users who link the same person at once wait for each other here.
    await tx.execute('lock table app_user in share row exclusive mode');
    const holder = messengerId === null ? null : await findByMessenger(tx, messenger, messengerId);
    if (holder !== null && holder !== actor.userId) {
      const [kept] = await tx.execute<object[]>('select 1 from app_user where id = ? and password_hash is not null', [
        holder,
      ]);
      if (kept !== undefined) return false;
      await absorbUser(tx, { from: holder, to: actor.userId });
    }
    await tx.execute(`update app_user set ${column} = ? where id = ?`, [messengerId, actor.userId]);
    // Nobody is told anything in a chat that is somebody else's now.
    if (messengerId === null)
      await tx.execute('delete from chat where user_id = ? and messenger = ?', [actor.userId, messenger]);
    const action = messengerId === null ? 'messenger.unlinked' : 'messenger.linked';
    await addAudit(tx, actor, { action, details: { messenger, messengerId } });
    return true;
  });
}

/** Whether the user can sign in without a messenger. */
export async function hasPassword(em: SqlEntityManager, userId: string): Promise<boolean> {
  const rows = await em.execute<object[]>('select 1 from app_user where id = ? and password_hash is not null', [
    userId,
  ]);
  return rows.length > 0;
}

/** Gives a user another name; false when somebody else has it. */
export async function renameUser(em: SqlEntityManager, actor: Actor, name: string): Promise<boolean> {
  return await em.transactional(async (tx) => {
    await tx.execute('lock table app_user in share row exclusive mode');
    const renamed = await tx.execute<object[]>(
      `update app_user set name = ?, name_key = ? where id = ?
         and not exists (select from app_user as other where other.name_key = ? and other.id <> app_user.id) returning id`,
      [name, userNameKey(name), actor.userId, userNameKey(name)],
    );
    if (renamed.length === 0) return false;
    await addAudit(tx, actor, { action: 'user.renamed', details: { name } });
    return true;
  });
}
