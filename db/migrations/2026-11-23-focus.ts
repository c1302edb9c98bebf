import { Migration } from '@mikro-orm/migrations';

const owned = (table: string): string =>
  `user_id uuid not null constraint ${table}_user_id_foreign references app_user (id) on delete cascade`;

const tables = [
  `create table task (id uuid primary key, ${owned('task')}, title text not null, notes text not null default '', priority int null,
    tags jsonb not null default '[]', due_date text null, due_time text null, rule text null, from_completion boolean not null default false,
    state text not null default 'open', created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    done_at timestamptz null)`,
  `create index task_user_id_state_due_date_index on task (user_id, state, due_date)`,
  `create table task_completion (task_id uuid not null constraint task_completion_task_id_foreign references task (id) on delete cascade,
    due_key text not null, ${owned('task_completion')}, due_date text null, done_at timestamptz not null default now(),
    primary key (task_id, due_key))`,
  `create index task_completion_user_id_done_at_index on task_completion (user_id, done_at)`,
  `create table focus_session (id uuid primary key, ${owned('focus_session')},
    task_id uuid null constraint focus_session_task_id_foreign references task (id) on delete set null,
    pomodoro jsonb not null, over boolean not null default false, steps int not null default 0, version int not null default 0,
    started_at timestamptz not null default now(), ended_at timestamptz null)`,
  `create unique index focus_session_live_unique on focus_session (user_id) where not over`,
  `create index focus_session_user_id_started_at_index on focus_session (user_id, started_at)`,
  `create index focus_session_task_id_index on focus_session (task_id)`,
  `create table focus_phase (session_id uuid not null constraint focus_phase_session_id_foreign references focus_session (id) on delete cascade,
    seq int not null, ${owned('focus_phase')},
    task_id uuid null constraint focus_phase_task_id_foreign references task (id) on delete set null,
    phase text not null, ran_ms int not null, whole boolean not null, ended_at timestamptz not null, primary key (session_id, seq))`,
  `create index focus_phase_user_id_ended_at_index on focus_phase (user_id, ended_at)`,
  `create index focus_phase_task_id_index on focus_phase (task_id)`,
  `create table digest (user_id uuid primary key constraint digest_user_id_foreign references app_user (id) on update cascade on delete cascade,
    morning_on text null, evening_on text null, weekly_on text null, version int not null default 0)`,
];
const inReverse = ['digest', 'focus_phase', 'focus_session', 'task_completion', 'task'];

/** Tasks and what was done of them, focus sessions, and which digests were sent. */
export class Focus20261123 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
  }
}
