import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';
import type { Role } from '../../domain/accounts/role.ts';
import type { ChatPerson } from '../../domain/shared/chat-event.ts';
import { addAudit } from './audit.ts';

/** Who talks to one of the program's own bots, as a user. */
export interface TalkerRow {
  readonly userId: string;
  /** Of the user: what he signs in with, or what he was given. */
  readonly userName: string;
  readonly role: Role;
  readonly speaks: Language;
  /** IANA time zone. */
  readonly zone: string;
  /** Has told the language and the zone. */
  readonly isOnboarded: boolean;
}

const COLUMNS = { telegram: 'telegram_id', max: 'max_id' } as const;
const NAME_PREFIXES = { telegram: 'tg', max: 'max' } as const;

/** The user who is this person; one who writes for the first time becomes a user, never the owner. */
export async function talkerOf(em: SqlEntityManager, person: ChatPerson): Promise<TalkerRow> {
  const known = await findTalker(em, person);
  if (known !== null) return known;
  await em.transactional(async (tx) => {
    // Two first messages at once, or somebody who is linking this person: one user comes of it.
    await tx.execute('lock table app_user in share row exclusive mode');
    if ((await findTalker(tx, person)) === null) await addTalker(tx, person);
  });
  const added = await findTalker(em, person);
  if (added === null) throw new Error('a person who writes is a user');
  return added;
}

async function findTalker(
  em: SqlEntityManager,
  { messenger, personId }: Pick<ChatPerson, 'messenger' | 'personId'>,
): Promise<TalkerRow | null> {
  const [row] = await em.execute<TalkerRow[]>(
    `select app_user.id as "userId", name as "userName", role, language as speaks, zone,
       zone <> 'UTC' or onboarded_at is not null as "isOnboarded"
     from app_user join user_settings as settings on settings.user_id = app_user.id
       left join agenda_settings as agenda on agenda.user_id = app_user.id where ${COLUMNS[messenger]} = ?`,
    [personId],
  );
  return row ?? null;
}

async function addTalker(tx: SqlEntityManager, { messenger, personId, language }: ChatPerson): Promise<void> {
  const first = `${NAME_PREFIXES[messenger]}${personId}`;
  // Somebody may have registered under this name.
  const [added] = await tx.execute<{ id: string }[]>(
    `insert into app_user (name, name_key, password_hash, role, ${COLUMNS[messenger]})
     select candidate.name, candidate.name, null, 'user', ? from (select n, case n when 1 then ? else ? || '_' || n end as name
       from generate_series(1, 100) as n) as candidate
     where not exists (select from app_user where name_key = candidate.name) order by n limit 1 returning id`,
    [personId, first, first],
  );
  if (added === undefined) throw new Error(`every name like «${first}» is taken`);
  await tx.execute('insert into user_settings (user_id, language) values (?, ?)', [added.id, spoken(language)]);
  const details = { name: first, messenger, messengerId: personId };
  await addAudit(tx, { userId: added.id, ip: null }, { action: 'user.registered', details });
}

/** Languages of people who as a rule read Russian more easily than English. */
const RUSSIAN_READERS = ['ru', 'uk', 'be', 'kk', 'uz', 'ky', 'tg', 'hy', 'az'];

function spoken(language: string | null): Language {
  const primary = language?.toLowerCase().split(/[-_]/)[0] ?? 'ru';
  return RUSSIAN_READERS.includes(primary) ? 'ru' : 'en';
}
