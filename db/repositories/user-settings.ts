import type { SqlEntityManager } from '@mikro-orm/sql';
import type { BuyOrder } from '../../domain/accounts/account-state.ts';
import type { Language } from '../../domain/accounts/language.ts';
import type { GiftTarget } from '../../domain/stargifts/star-gift.ts';
import { sealedAs, type Vault } from '../vault.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';

/** What a user may set; sums are whole Stars, null = no cap. */
export interface SettingsValues {
  /** Chat ids in decimal. */
  readonly notifyChats: readonly string[];
  readonly notifyDms: boolean;
  readonly autobuyOn: boolean;
  readonly capAccountStars: number | null;
  readonly capDropStars: number | null;
  readonly capDayStars: number | null;
  readonly maxPriceStars: number | null;
  readonly floorStars: number | null;
  /** Gift ids in decimal. */
  readonly excludedGiftIds: readonly string[];
  readonly buyOrder: BuyOrder;
  readonly forcedTarget: GiftTarget | null;
  readonly forcedOnlyOnNoMatch: boolean;
  readonly buyWithoutCap: boolean;
  /** `HH:MM` in the user's zone; both or none. */
  readonly quietFrom: string | null;
  readonly quietTo: string | null;
  readonly language: Language;
  /** IANA time zone. */
  readonly zone: string;
}

/** A user's settings as they stand; times are ISO 8601, UTC. The bot's token is never among them. */
export interface SettingsRow extends SettingsValues {
  /** Without `@`; null = no bot. */
  readonly botUsername: string | null;
  /** Since when gifts are bought automatically; null = they are not. */
  readonly autobuyOnSince: string | null;
  readonly updatedAt: string;
}

const COLUMNS = {
  notifyChats: 'notify_chats',
  notifyDms: 'notify_dms',
  autobuyOn: 'autobuy_on',
  capAccountStars: 'cap_account_stars',
  capDropStars: 'cap_drop_stars',
  capDayStars: 'cap_day_stars',
  maxPriceStars: 'max_price_stars',
  floorStars: 'floor_stars',
  excludedGiftIds: 'excluded_gift_ids',
  buyOrder: 'buy_order',
  forcedTarget: 'forced_target',
  forcedOnlyOnNoMatch: 'forced_only_on_no_match',
  buyWithoutCap: 'buy_without_cap',
  quietFrom: 'quiet_from',
  quietTo: 'quiet_to',
  language: 'language',
  zone: 'zone',
} as const satisfies Record<keyof SettingsValues, string>;
const SUMS: readonly string[] = [
  'cap_account_stars',
  'cap_drop_stars',
  'cap_day_stars',
  'max_price_stars',
  'floor_stars',
];

const ROW = `select ${Object.entries(COLUMNS)
  .map(([name, column]) => `${column}${SUMS.includes(column) ? '::float8' : ''} as "${name}"`)
  .join(', ')}, bot_username as "botUsername", ${isoTime('autobuy_on_since')} as "autobuyOnSince",
  ${isoTime('updated_at')} as "updatedAt" from user_settings`;

/** A user's settings. @throws Error when there is no such user */
export async function readSettings(em: SqlEntityManager, userId: string): Promise<SettingsRow> {
  const [row] = await em.execute<SettingsRow[]>(`${ROW} where user_id = ?`, [userId]);
  if (row === undefined) throw new Error('a user without settings');
  return row;
}

/** Settings to be set; what is absent stays. */
export type SettingsChange = { readonly [F in keyof SettingsValues]?: SettingsValues[F] | undefined };

/** The settings after a change. */
export function mergeSettings<T extends SettingsValues>(before: T, change: SettingsChange): T {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}

/**
 * Sets what is given and leaves the rest; `check` judges the outcome in the same transaction and may throw.
 * Switching automatic buying on starts its time anew.
 */
export async function changeSettings(
  em: SqlEntityManager,
  actor: Actor,
  { change, check }: { readonly change: SettingsChange; readonly check: (after: SettingsValues) => void },
): Promise<SettingsRow> {
  return await em.transactional(async (tx) => {
    await tx.execute('select 1 from user_settings where user_id = ? for update', [actor.userId]);
    const before = await readSettings(tx, actor.userId);
    check(mergeSettings(before, change));
    const values = new Map<string, unknown>(Object.entries(change));
    const given = Object.entries(COLUMNS).filter(([name]) => values.get(name) !== undefined);
    if (given.length === 0) return before;
    const sets = given.map(([name, column]) => `${column} = ${Array.isArray(values.get(name)) ? '?::jsonb' : '?'}`);
    if (change.autobuyOn === true && !before.autobuyOn) sets.push('autobuy_on_since = clock_timestamp()');
    if (change.autobuyOn === false) sets.push('autobuy_on_since = null');
    await tx.execute(
      `update user_settings set ${[...sets, 'updated_at = clock_timestamp()'].join(', ')} where user_id = ?`,
      [...given.map(([name]) => toSql(values.get(name))), actor.userId],
    );
    await addAudit(tx, actor, { action: 'settings.changed', details: change });
    return await readSettings(tx, actor.userId);
  });
}

const toSql = (value: unknown): unknown => (Array.isArray(value) ? JSON.stringify(value) : value);

/** Keeps a token whose bot is not known yet, sealed. */
export async function putNewBotToken({ em, secrets }: Vault, userId: string, token: string): Promise<void> {
  await em.execute('update user_settings set new_bot_token = ? where user_id = ?', [
    ...[secrets.seal(token, sealedAs.newBotToken(userId)), userId],
  ]);
}

/** The token that waits to be checked, in clear; null = none does. */
export async function openNewBotToken({ em, secrets }: Vault, userId: string): Promise<string | null> {
  const [row] = await em.execute<{ token: string | null }[]>(
    'select new_bot_token as token from user_settings where user_id = ?',
    [userId],
  );
  return row === undefined || row.token === null ? null : secrets.open(row.token, sealedAs.newBotToken(userId));
}

/** The user's bot from now on, under its checked token. */
export async function acceptBot(
  { em, secrets }: Vault,
  userId: string,
  { token, username }: { readonly token: string; readonly username: string },
): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute(
      'update user_settings set bot_token = ?, bot_username = ?, new_bot_token = null, updated_at = clock_timestamp() where user_id = ?',
      [secrets.seal(token, sealedAs.botToken(userId)), username, userId],
    );
    await addAudit(tx, { userId, ip: null }, { action: 'settings.bot-set', details: { username } });
  });
}

/** Forgets the token that was to be checked. */
export async function refuseBot(em: SqlEntityManager, userId: string): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute('update user_settings set new_bot_token = null where user_id = ?', [userId]);
    await addAudit(tx, { userId, ip: null }, { action: 'settings.bot-set', result: 'refused' });
  });
}

/** The user has no bot any more. */
export async function removeBot(em: SqlEntityManager, actor: Actor): Promise<void> {
  await em.transactional(async (tx) => {
    await tx.execute(
      'update user_settings set bot_token = null, bot_username = null, new_bot_token = null, updated_at = clock_timestamp() where user_id = ?',
      [actor.userId],
    );
    await addAudit(tx, actor, { action: 'settings.bot-removed' });
  });
}

/** Token of the user's bot, in clear: for the sender alone; null = no bot. */
export async function openBotToken({ em, secrets }: Vault, userId: string): Promise<string | null> {
  const [row] = await em.execute<{ token: string | null }[]>(
    'select bot_token as token from user_settings where user_id = ?',
    [userId],
  );
  return row === undefined || row.token === null ? null : secrets.open(row.token, sealedAs.botToken(userId));
}

/** Ids of the users who have gifts bought automatically. */
export async function usersWithAutobuy(em: SqlEntityManager): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>('select user_id as id from user_settings where autobuy_on');
  return rows.map(({ id }) => id);
}
