import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Language } from '../../domain/accounts/language.ts';

/** Whom a user wants told, and how. */
export interface NoticeChats {
  /** Chosen chats first, then the user's own accounts, each once; decimal. */
  readonly chats: readonly string[];
  /** The user's own accounts alone. */
  readonly accounts: readonly string[];
  readonly language: Language;
  /** `HH:MM` in `zone` between which messages are silent; null = never. */
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  /** IANA time zone. */
  readonly zone: string;
}

interface Row extends Omit<NoticeChats, 'chats' | 'accounts'> {
  readonly notifyChats: readonly string[];
  readonly notifyDms: boolean;
  readonly accounts: readonly string[];
}

/** Where notices and reports of a user go; null = there is no such user, or no bot that could send them. */
export async function findNoticeChats(em: SqlEntityManager, userId: string): Promise<NoticeChats | null> {
  const [row] = await em.execute<Row[]>(
    `select notify_chats as "notifyChats", notify_dms as "notifyDms", language, quiet_from as "quietFrom",
       quiet_to as "quietTo", zone, coalesce((select jsonb_agg(telegram_id::text order by created_at, id)
         from telegram_account where user_id = settings.user_id), '[]') as accounts
     from user_settings as settings where user_id = ? and bot_token is not null`,
    [userId],
  );
  if (row === undefined) return null;
  const { notifyChats, notifyDms, accounts, ...rest } = row;
  return { ...rest, accounts, chats: [...new Set([...notifyChats, ...(notifyDms ? accounts : [])])] };
}

export interface RecentQuery {
  readonly userId: string;
  /** Of the dedupe key. */
  readonly prefix: string;
  readonly withinHours: number;
}

/** Dedupe keys of a user's messages that begin so and were written lately; edits are not among them. */
export async function recentKeys(
  em: SqlEntityManager,
  { userId, prefix, withinHours }: RecentQuery,
): Promise<string[]> {
  const rows = await em.execute<{ key: string }[]>(
    `select dedupe_key as key from outbox_message where user_id = ? and edits is null and starts_with(dedupe_key, ?)
       and created_at > now() - ? * interval '1 hour'`,
    [userId, prefix, withinHours],
  );
  return rows.map(({ key }) => key);
}
