import { Migration } from '@mikro-orm/migrations';

const ofHabit = (table: string): string =>
  `habit_id uuid not null constraint ${table}_habit_id_foreign references habit (id) on delete cascade`;

const tables = [
  `create table habit (id uuid primary key,
    user_id uuid not null constraint habit_user_id_foreign references app_user (id) on delete cascade,
    name text not null, question text null, description text null, kind text not null, goals jsonb not null, unit text null,
    press_adds double precision null, prompt_times jsonb not null, day_start text not null, rest_days jsonb not null,
    pauses jsonb not null default '[]', micro_goal jsonb null, weekly_picture boolean not null, colour int not null,
    position int not null, archived boolean not null default false, raise_offered_on date null,
    handled_to timestamptz not null, version bigint not null default 0, created_at timestamptz not null default now())`,
  `create index habit_user_id_position_index on habit (user_id, position)`,
  `create table habit_entry (${ofHabit('habit_entry')}, day date not null, state text not null,
    amount double precision null, note text null, updated_at timestamptz not null default clock_timestamp(),
    primary key (habit_id, day), constraint habit_entry_amount check ((state = 'amount') = (amount is not null)))`,
  `create table habit_prompt (${ofHabit('habit_prompt')}, day date not null, at text not null, state text not null,
    handled_at timestamptz not null default clock_timestamp(), primary key (habit_id, day, at))`,
];

/** Habits, what is known of their days, and what was asked when. */
export class Habits20261123 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of ['habit_prompt', 'habit_entry', 'habit']) this.addSql(`drop table ${table}`);
  }
}
