import { Migration } from '@mikro-orm/migrations';

const tables = [
  `create table reminder (id uuid primary key,
    user_id uuid not null constraint reminder_user_id_foreign references app_user (id) on delete cascade,
    text text not null, start text not null, zone text null, rule text null, exdates jsonb not null, rdates jsonb not null,
    lead_minutes jsonb not null, misfire jsonb not null, quiet text not null, nag jsonb null,
    state text not null default 'active', version bigint not null default 0, next_at timestamptz null,
    handled_to timestamptz not null, handled_zone text not null, created_at timestamptz not null default now())`,
  `create index reminder_user_id_state_next_at_index on reminder (user_id, state, next_at)`,
  `create table reminder_occurrence (
    reminder_id uuid not null constraint reminder_occurrence_reminder_id_foreign references reminder (id) on delete cascade,
    key text not null, state text not null, due_at timestamptz not null,
    handled_minutes jsonb not null default '[]', told_at timestamptz null, snoozed_until timestamptz null,
    nags int not null default 0, messages jsonb not null default '[]', done_at timestamptz null,
    updated_at timestamptz not null default clock_timestamp(), primary key (reminder_id, key))`,
  `create index reminder_occurrence_snoozed_index on reminder_occurrence (reminder_id) where state = 'snoozed'`,
];

/** What people want to be reminded of, and what became of each time. */
export class Reminders20261123 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of ['reminder_occurrence', 'reminder']) this.addSql(`drop table ${table}`);
  }
}
