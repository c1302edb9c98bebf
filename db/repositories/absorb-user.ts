import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { addAudit } from './audit.ts';

/** One person who was two users until now; ids of both. */
export interface Absorbed {
  /** Came by a messenger, has no password; is gone afterwards. */
  readonly from: string;
  readonly to: string;
}

/**
 * Makes everything of a user another's, in the caller's transaction, and deletes the first. Of what there can be only one
 * (settings, a running session, a membership) that of the one who stays is kept, but a zone that nobody has told yet.
 */
export async function absorbUser(tx: SqlEntityManager, { from, to }: Absorbed): Promise<void> {
  await tx.execute(
    `update user_settings as kept set zone = other.zone, language = other.language, quiet_from = other.quiet_from, quiet_to = other.quiet_to
     from user_settings as other where kept.user_id = ? and other.user_id = ? and kept.zone = 'UTC'`,
    [to, from],
  );
  for (const column of await columnsOfUsers(tx)) await move(tx, column, { from, to });
  await addAudit(tx, { userId: to, ip: null }, { action: 'user.absorbed', details: { from } });
  await tx.execute('delete from app_user where id = ?', [from]);
}

interface Column {
  readonly table: string;
  readonly column: string;
}

/** Everything that refers to a user, whatever slice it belongs to. */
const columnsOfUsers = async (tx: SqlEntityManager): Promise<Column[]> =>
  await tx.execute<Column[]>(
    `select quote_ident(owned.relname) as table, quote_ident(attname) as column
     from pg_constraint join pg_class as owned on owned.oid = conrelid
       join pg_attribute on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f' and confrelid = 'app_user'::regclass and conparentid = 0 order by 1, 2`,
  );

async function move(tx: SqlEntityManager, column: Column, people: Absorbed): Promise<void> {
  if (await moved(tx, { ...column, people, ctid: null })) return;
  const rows = await tx.execute<{ ctid: string }[]>(
    `select ctid::text as ctid from ${column.table} where ${column.column} = ?`,
    [people.from],
  );
  // What cannot be had twice goes with the user that goes.
  for (const { ctid } of rows) await moved(tx, { ...column, people, ctid });
}

interface Move extends Column {
  readonly people: Absorbed;
  /** One row; null = all. */
  readonly ctid: string | null;
}

/** False = there would be two of what there can be one of; nothing has changed then. */
async function moved(tx: SqlEntityManager, { table, column, people, ctid }: Move): Promise<boolean> {
  const [one, values] = ctid === null ? ['', []] : [' and ctid = ?::tid', [ctid]];
  try {
    await tx.transactional(async (savepoint) => {
      await savepoint.execute(`update ${table} set ${column} = ? where ${column} = ?${one}`, [
        ...[people.to, people.from, ...values],
      ]);
    });
    return true;
  } catch (err) {
    if (err instanceof UniqueConstraintViolationException) return false;
    throw err;
  }
}
