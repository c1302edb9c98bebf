import { sealedAs, type Vault } from '../vault.ts';

/** Every sealed column, its row's key, and what its text belongs to. */
const SEALED = [
  { table: 'api_profile', key: 'id', column: 'api_hash', context: sealedAs.apiHash },
  { table: 'telegram_account', key: 'id', column: 'phone', context: sealedAs.phone },
  { table: 'telegram_account', key: 'id', column: 'session', context: sealedAs.session },
  { table: 'user_settings', key: 'user_id', column: 'bot_token', context: sealedAs.botToken },
] as const;
const AT_ONCE = 200;

/**
 * Seals with the current key what another one sealed, so that the old key can leave the ring; how many. What lives ten minutes is
 * left alone. Safe to repeat and to run twice at once.
 * @throws DomainError secret-key-unknown, secret-damaged
 */
export async function resealSecrets({ em, secrets }: Vault): Promise<number> {
  let resealed = 0;
  for (const { table, key, column, context } of SEALED) {
    for (;;) {
      const rows = await em.execute<{ id: string; sealed: string }[]>(
        `select ${key} as id, ${column} as sealed from ${table} where not starts_with(${column}, ?) limit ${AT_ONCE}`,
        [secrets.freshPrefix],
      );
      for (const { id, sealed } of rows) {
        const text = secrets.open(sealed, context(id));
        await em.execute(`update ${table} set ${column} = ? where ${key} = ? and ${column} = ?`, [
          ...[secrets.seal(text, context(id)), id, sealed],
        ]);
      }
      resealed += rows.length;
      if (rows.length < AT_ONCE) break;
    }
  }
  return resealed;
}
