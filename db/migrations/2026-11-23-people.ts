import { Migration } from '@mikro-orm/migrations';

const owned = (table: string): string =>
  `user_id uuid not null constraint ${table}_user_id_foreign references app_user (id) on delete cascade`;

const tables = [
  `create table person (id uuid primary key, ${owned('person')}, name text not null, relation text null, birth_year int null,
    interests jsonb not null default '[]', limits jsonb not null default '[]', budget_minor bigint null, budget_currency text null,
    language text null, notes text not null default '', created_at timestamptz not null default now(),
    updated_at timestamptz not null default now())`,
  `create index person_user_id_index on person (user_id)`,
  `create table occasion (id uuid primary key, ${owned('occasion')},
    person_id uuid null constraint occasion_person_id_foreign references person (id) on delete cascade, kind text not null, title text null,
    month int not null, day int not null, year int null, lead_days jsonb not null, at text not null, told_to text not null,
    done_year int null, snoozed_to text null, next_at timestamptz null, version int not null default 0,
    created_at timestamptz not null default now())`,
  `create index occasion_user_id_next_at_index on occasion (user_id, next_at)`,
  `create index occasion_person_id_index on occasion (person_id)`,
];
const inReverse = ['occasion', 'person'];

/** People to think of, and the days on which to. */
export class People20261123 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
  }
}
