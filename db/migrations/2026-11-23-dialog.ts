import { Migration } from '@mikro-orm/migrations';

const userOf = (table: string): string => `constraint ${table}_user_id_foreign references app_user (id)`;

const up = [
  `alter table app_user alter column password_hash drop not null`,
  `create table agenda_settings (user_id uuid primary key ${userOf('agenda_settings')} on update cascade on delete cascade,
    onboarded_at timestamptz null, work_from text not null default '09:00', work_to text not null default '18:00',
    morning_at text null default '08:30', evening_at text null default '21:00', weekly_on int null default 7,
    day_start text not null default '04:00', focus_minutes int not null default 25, short_break_minutes int not null default 5,
    long_break_minutes int not null default 15, focus_rounds int not null default 4)`,
  `create table dialog_state (messenger text not null, chat_id bigint not null, awaiting text null, data jsonb not null,
    updated_at timestamptz not null default now(), primary key (messenger, chat_id))`,
  `create table link_code (code_hash text primary key, user_id uuid not null ${userOf('link_code')} on delete cascade,
    expires_at timestamptz not null, used_at timestamptz null, created_at timestamptz not null default now())`,
  `create index link_code_user_id_index on link_code (user_id)`,
];
const down = [
  'drop table link_code',
  'drop table dialog_state',
  'drop table agenda_settings',
  `update app_user set password_hash = '' where password_hash is null`,
  `alter table app_user alter column password_hash set not null`,
];

/** People who came by a messenger, what the bot waits for in each chat, codes that make two users one, and how a person plans the day. */
export class Dialog20261123 extends Migration {
  override up(): void {
    for (const sql of up) this.addSql(sql);
  }

  override down(): void {
    for (const sql of down) this.addSql(sql);
  }
}
