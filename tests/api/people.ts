import { randomUUID } from 'node:crypto';
import { hashToken, newToken } from '../../api/session-cookie.ts';
import { hashPassword } from '../../api/passwords.ts';
import { openSession } from '../../db/repositories/sessions.ts';
import { addUser, type UserRow } from '../../db/repositories/users.ts';
import type { Role } from '../../domain/accounts/role.ts';
import type { TestApi } from './support.ts';

/** Of everybody here. */
export const PASSWORD = 'a kettle, a lamp and a cat';
const passwordHash = hashPassword(PASSWORD);

export interface Person extends UserRow {
  /** Signs a request. */
  readonly headers: { readonly cookie: string };
}

/** A user with a session, made in the database: registering costs time, and is slowed down. */
export async function addPerson(api: TestApi, role: Role = 'user', name = `u${randomUUID()}`): Promise<Person> {
  const settings = { language: 'ru', zone: 'UTC' } as const;
  const user = await addUser(api.em(), { name, passwordHash: await passwordHash, ...settings, ip: '127.0.0.1' });
  if (user === null) throw new Error(`there is a user ${name}`);
  await api.em().execute('update app_user set role = ? where id = ?', [role, user.id]);
  return { ...user, role, headers: await signedIn(api, user.id) };
}

/** Headers of another browser in which the user is signed in. */
export async function signedIn(api: TestApi, userId: string): Promise<{ readonly cookie: string }> {
  const token = newToken();
  const session = { userId, tokenHash: hashToken(token), ip: '127.0.0.1', agent: 'test' };
  await openSession(api.em(), { ...session, lifeMs: 60_000, replaces: null, by: 'test' });
  return { cookie: `gifty_session=${token}` };
}
