import { Migration } from '@mikro-orm/migrations';

const owned = (table: string): string =>
  `user_id uuid not null constraint ${table}_user_id_foreign references app_user (id) on delete cascade`;
const of = (table: string, parent: string): string =>
  `${parent}_id uuid not null constraint ${table}_${parent}_id_foreign references ${parent} (id) on delete cascade`;

const tables = [
  `create table goal (id uuid primary key, ${owned('goal')}, title text not null, why text not null default '', unit text null,
    target double precision not null, progress double precision not null default 0, due_date text null, check_in_on int null,
    check_in_at text not null, state text not null default 'active', asked_on text null, version int not null default 0,
    created_at timestamptz not null default now(), ended_at timestamptz null)`,
  `create index goal_user_id_state_index on goal (user_id, state)`,
  `create table milestone (id uuid primary key, ${of('milestone', 'goal')}, title text not null, position int not null,
    done_at timestamptz null)`,
  `create index milestone_goal_id_index on milestone (goal_id)`,
  `create table check_in (${of('check_in', 'goal')}, date text not null, question text not null, answer text null,
    progress double precision not null, answered_at timestamptz null, primary key (goal_id, date))`,
  `create table skill (id uuid primary key, ${owned('skill')}, name text not null, level int not null, target_level int not null,
    created_at timestamptz not null default now())`,
  `create index skill_user_id_index on skill (user_id)`,
  `create table skill_evidence (id uuid primary key, ${of('skill_evidence', 'skill')}, text text not null, level int not null,
    created_at timestamptz not null default now())`,
  `create index skill_evidence_skill_id_index on skill_evidence (skill_id)`,
];
const inReverse = ['skill_evidence', 'skill', 'check_in', 'milestone', 'goal'];

/** What people want to reach, and what they get better at. */
export class Goals20261123 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
  }
}
