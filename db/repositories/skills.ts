import type { SqlEntityManager } from '@mikro-orm/sql';
import { isoTime } from './iso-time.ts';

/** What shows a level. */
export interface EvidenceRow {
  readonly id: string;
  readonly text: string;
  readonly level: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A skill; levels are 0 = none … 5 = teaches others. */
export interface SkillRow {
  readonly id: string;
  readonly name: string;
  readonly level: number;
  readonly targetLevel: number;
  /** Newest first. */
  readonly evidence: readonly EvidenceRow[];
  readonly createdAt: string;
}

const ROW = `select skill.id, name, skill.level, target_level as "targetLevel", ${isoTime('skill.created_at')} as "createdAt",
  coalesce((select jsonb_agg(jsonb_build_object('id', proof.id, 'text', proof.text, 'level', proof.level,
    'createdAt', ${isoTime('proof.created_at')}) order by proof.created_at desc, proof.id) from skill_evidence as proof
    where proof.skill_id = skill.id), '[]') as evidence from skill`;

interface SkillKey {
  readonly userId: string;
  readonly id: string;
}
type SkillValues = Pick<SkillRow, 'name' | 'level' | 'targetLevel'>;

/** A user's skills by name. */
export async function listSkills(em: SqlEntityManager, userId: string): Promise<SkillRow[]> {
  return await em.execute<SkillRow[]>(`${ROW} where user_id = ? order by lower(name), skill.id limit 200`, [userId]);
}

/** A user's skill, or null. */
export async function readSkill(em: SqlEntityManager, { userId, id }: SkillKey): Promise<SkillRow | null> {
  const [row] = await em.execute<SkillRow[]>(`${ROW} where user_id = ? and skill.id = ?`, [userId, id]);
  return row ?? null;
}

/** Adds a skill, or sets what is known of it; null = it is somebody else's. */
export async function putSkill(
  em: SqlEntityManager,
  { userId, id }: SkillKey,
  { name, level, targetLevel }: SkillValues,
): Promise<SkillRow | null> {
  await em.execute(
    `insert into skill (id, user_id, name, level, target_level) values (?, ?, ?, ?, ?)
     on conflict (id) do update set name = excluded.name, level = excluded.level, target_level = excluded.target_level
     where skill.user_id = excluded.user_id`,
    [id, userId, name, level, targetLevel],
  );
  return await readSkill(em, { userId, id });
}

/** Adds what shows a level; the skill has at least that level then. null = the user has no such skill. */
export async function addEvidence(
  em: SqlEntityManager,
  key: SkillKey,
  { id, text, level }: Pick<EvidenceRow, 'id' | 'text' | 'level'>,
): Promise<SkillRow | null> {
  return await em.transactional(async (tx) => {
    if ((await readSkill(tx, key)) === null) return null;
    await tx.execute(
      'insert into skill_evidence (id, skill_id, text, level) values (?, ?, ?, ?) on conflict (id) do nothing',
      [id, key.id, text, level],
    );
    await tx.execute('update skill set level = greatest(level, ?) where id = ?', [level, key.id]);
    return await readSkill(tx, key);
  });
}

/** Removes a skill; false when the user has none such. */
export async function removeSkill(em: SqlEntityManager, { userId, id }: SkillKey): Promise<boolean> {
  const rows = await em.execute<object[]>('delete from skill where user_id = ? and id = ? returning id', [userId, id]);
  return rows.length > 0;
}
