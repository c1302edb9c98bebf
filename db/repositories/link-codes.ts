import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { addAudit, type Actor } from './audit.ts';
import { absorbUser } from './absorb-user.ts';
import { isoTime } from './iso-time.ts';

/** What is stored of a code. */
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

export interface NewLinkCode {
  /** As `readLinkCode` gives it; only its hash is kept. */
  readonly code: string;
  readonly lifeMs: number;
}

/** Keeps a code of a user; those of before count no more. Returns when it ends, ISO 8601. */
export async function addLinkCode(em: SqlEntityManager, actor: Actor, { code, lifeMs }: NewLinkCode): Promise<string> {
  return await em.transactional(async (tx) => {
    await tx.execute('delete from link_code where user_id = ?', [actor.userId]);
    const [added] = await tx.execute<{ expiresAt: string }[]>(
      `insert into link_code (code_hash, user_id, expires_at) values (?, ?, clock_timestamp() + ? * interval '1 millisecond')
       returning ${isoTime('expires_at')} as "expiresAt"`,
      [hashOf(code), actor.userId, lifeMs],
    );
    await addAudit(tx, actor, { action: 'messenger.code' });
    return added?.expiresAt ?? '';
  });
}

/** Who shows a code, and in which messenger. */
export interface CodeShown {
  readonly messenger: MessengerName;
  /** Decimal. */
  readonly personId: string;
  readonly code: string;
}

/**
 * `linked`: the person is the code's user from now on, with all that he had in the bot. `code-unknown` (wrong, spent, too old);
 * `already`: he was; `person-taken`: he is another user, who has a password; `place-taken`: the code's user is somebody else there.
 */
export type LinkOutcome =
  | { readonly kind: 'linked'; readonly userId: string; readonly userName: string }
  | { readonly kind: 'code-unknown' | 'already' | 'person-taken' | 'place-taken' };

interface Person {
  readonly id: string;
  readonly name: string;
  readonly hasPassword: boolean;
  readonly telegram: string | null;
  readonly max: string | null;
}

const PERSON = `select id, name, password_hash is not null as "hasPassword", telegram_id::text as telegram, max_id::text as max from app_user`;

/** Makes the person who shows a code its user; once, and the same again after a crash. */
export async function linkByCode(em: SqlEntityManager, shown: CodeShown): Promise<LinkOutcome> {
  return await em.transactional(async (tx) => {
    await tx.execute('lock table app_user in share row exclusive mode');
    const [code] = await tx.execute<{ userId: string; open: boolean }[]>(
      `select user_id as "userId", used_at is null and expires_at > clock_timestamp() as open from link_code where code_hash = ?`,
      [hashOf(shown.code)],
    );
    const [to] = code === undefined ? [] : await tx.execute<Person[]>(`${PERSON} where id = ?`, [code.userId]);
    if (code === undefined || to === undefined) return { kind: 'code-unknown' };
    if (to[shown.messenger] === shown.personId)
      return code.open ? { kind: 'already' } : { kind: 'linked', userId: to.id, userName: to.name };
    if (!code.open) return { kind: 'code-unknown' };
    return await linked(tx, shown, to);
  });
}

async function linked(
  tx: SqlEntityManager,
  { messenger, personId, code }: CodeShown,
  to: Person,
): Promise<LinkOutcome> {
  const [from] = await tx.execute<Person[]>(`${PERSON} where ${messenger}_id = ?`, [personId]);
  if (from?.hasPassword === true) return { kind: 'person-taken' };
  if (to[messenger] !== null || clashes(from, to)) return { kind: 'place-taken' };
  await becomeOne(tx, { from: from ?? null, to, link: { [messenger]: personId } });
  await tx.execute('update link_code set used_at = clock_timestamp() where code_hash = ?', [hashOf(code)]);
  const details = { messenger, messengerId: personId };
  await addAudit(tx, { userId: to.id, ip: null }, { action: 'messenger.linked', details });
  return { kind: 'linked', userId: to.id, userName: to.name };
}

/** In the other messenger, too, the two are two people. */
const clashes = (from: Person | undefined, to: Person): boolean =>
  (['telegram', 'max'] as const).some(
    (name) => (from?.[name] ?? null) !== null && to[name] !== null && from?.[name] !== to[name],
  );

interface Union {
  readonly from: Person | null;
  readonly to: Person;
  readonly link: { readonly telegram?: string; readonly max?: string };
}

async function becomeOne(tx: SqlEntityManager, { from, to, link }: Union): Promise<void> {
  if (from !== null) await absorbUser(tx, { from: from.id, to: to.id });
  await tx.execute('update app_user set telegram_id = ?, max_id = ? where id = ?', [
    ...[link.telegram ?? to.telegram ?? from?.telegram ?? null, link.max ?? to.max ?? from?.max ?? null, to.id],
  ]);
}
