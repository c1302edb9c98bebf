import { createHash } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { definitionOf, HABIT_LIMITS } from '../../domain/agenda/habits/habit.ts';
import type { PortableEntry, PortableHabit } from '../../domain/agenda/habits/portable-habit.ts';
import { listEntries, putEntries } from './habit-entries.ts';
import { addHabit, listHabits, lockHabit, storeHabit, type HabitRow } from './habits.ts';

/** Days that nobody lives to see, on both sides. */
const EVER = { from: -719_000, to: 2_900_000 };

/** All habits of a user with all that is known of them, those that were put away last. */
export async function exportHabits(em: SqlEntityManager, userId: string): Promise<PortableHabit[]> {
  const kept = [
    ...(await listHabits(em, userId, { archived: false })),
    ...(await listHabits(em, userId, { archived: true })),
  ];
  const portable: PortableHabit[] = [];
  for (const habit of kept) {
    const { goals, pauses, archived } = habit;
    const entries = await listEntries(em, habit.id, EVER);
    portable.push({ definition: definitionOf(habit), goals, pauses, archived, entries });
  }
  return portable;
}

export interface HabitImport {
  readonly userId: string;
  readonly habits: readonly PortableHabit[];
  /** UUID of this import: the ids of new habits follow from it. */
  readonly importId: string;
  readonly nowMs: number;
}

/** What became of one habit that was brought. */
export interface ImportedHabit {
  readonly id: string;
  readonly name: string;
  /** False = one of this name and kind was there: the days that it did not know were added to it. */
  readonly isNew: boolean;
  /** Days that were not known before. */
  readonly days: number;
  /** It asks at its times: have it kept. */
  readonly asks: boolean;
}

/** Takes habits in, in one transaction; what is known already stays as it is. @throws DomainError too-many-habits */
export async function importHabits(em: SqlEntityManager, given: HabitImport): Promise<ImportedHabit[]> {
  return await em.transactional(async (tx) => {
    await tx.execute('select 1 from app_user where id = ? for update', [given.userId]);
    const imported: ImportedHabit[] = [];
    for (const [place, portable] of given.habits.slice(0, HABIT_LIMITS.habits).entries())
      imported.push(await importOne(tx, { ...given, place, portable }));
    return imported;
  });
}

type One = Omit<HabitImport, 'habits'> & { readonly place: number; readonly portable: PortableHabit };

async function importOne(em: SqlEntityManager, one: One): Promise<ImportedHabit> {
  const { definition, entries, archived } = one.portable;
  const there = await sameHabit(em, one);
  const habit = there ?? (await addPortable(em, one));
  const known = new Set((await listEntries(em, habit.id, EVER)).map(({ day }) => day));
  const fresh = entries.filter(({ day }) => !known.has(day));
  for (const part of parts(fresh)) await putEntries(em, habit.id, part);
  const asks = !archived && (definition.promptTimes.length > 0 || definition.weeklyPicture);
  return { id: habit.id, name: habit.name, isNew: there === null, days: fresh.length, asks: asks && there === null };
}

async function sameHabit(em: SqlEntityManager, { userId, portable }: One): Promise<HabitRow | null> {
  const { name, kind } = portable.definition;
  const [same] = await em.execute<{ id: string }[]>(
    'select id from habit where user_id = ? and name = ? and kind = ? order by position limit 1',
    [userId, name, kind],
  );
  return same === undefined ? null : await lockHabit(em, same.id);
}

async function addPortable(em: SqlEntityManager, { userId, portable, importId, place, nowMs }: One): Promise<HabitRow> {
  const { definition, goals, pauses, archived } = portable;
  const id = idOf(importId, place);
  await addHabit(em, { id, userId, definition, goals, handledToMs: nowMs });
  const habit = await lockHabit(em, id);
  if (habit === null) throw new Error('a habit that was just added is gone');
  await storeHabit(em, { ...habit, pauses, archived });
  return habit;
}

const AT_ONCE = 5_000;
const parts = (entries: readonly PortableEntry[]): (readonly PortableEntry[])[] =>
  Array.from({ length: Math.ceil(entries.length / AT_ONCE) }, (_, part) =>
    entries.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );

/** The same import gives the same ids (UUID version 8). */
function idOf(importId: string, place: number): string {
  const hex = createHash('sha256').update(`${importId} ${place}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
