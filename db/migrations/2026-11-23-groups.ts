import { Migration } from '@mikro-orm/migrations';

const ofGroup = (table: string): string =>
  `group_id uuid not null constraint ${table}_group_id_foreign references agenda_group (id)`;
const ofEvent = (table: string): string =>
  `event_id uuid not null constraint ${table}_event_id_foreign references group_event (id)`;
const CASCADE = 'on delete cascade';
/** Of rows that are their references, the ORM wants both. */
const BOTH = 'on update cascade on delete cascade';

const tables = [
  `create table agenda_group (id uuid primary key, name text not null, description text null,
    created_at timestamptz not null default now())`,
  `create table group_member (${ofGroup('group_member')} ${BOTH},
    user_id uuid not null constraint group_member_user_id_foreign references app_user (id) ${BOTH}, role text not null,
    notify text not null default 'sound', joined_at timestamptz not null default clock_timestamp(),
    primary key (group_id, user_id))`,
  `create index group_member_user_id_index on group_member (user_id)`,
  // One owner, whatever happens at the same time.
  `create unique index group_member_owner_unique on group_member (group_id) where role = 'owner'`,
  `create table group_tag (id uuid primary key, ${ofGroup('group_tag')} ${CASCADE}, name text not null, colour text not null,
    constraint group_tag_group_id_name_unique unique (group_id, name))`,
  // Who leaves a group loses its tags: a tag without a membership cannot be.
  `create table group_member_tag (
    tag_id uuid not null constraint group_member_tag_tag_id_foreign references group_tag (id) ${BOTH},
    member_group_id uuid not null, member_user_id uuid not null, primary key (tag_id, member_group_id, member_user_id),
    constraint group_member_tag_member_group_id_member_user_id_foreign foreign key (member_group_id, member_user_id)
      references group_member (group_id, user_id) ${BOTH})`,
  `create index group_member_tag_member_group_id_member_user_id_index on group_member_tag (member_group_id, member_user_id)`,
  `create table group_invite (
    group_id uuid primary key constraint group_invite_group_id_foreign references agenda_group (id) ${BOTH},
    key text not null constraint group_invite_key_unique unique, created_at timestamptz not null default now())`,
  `create table group_event (id uuid primary key, ${ofGroup('group_event')} ${CASCADE},
    organiser_id uuid null constraint group_event_organiser_id_foreign references app_user (id) on delete set null,
    title text not null, description text null, start text not null, zone text not null, rule text null,
    exdates jsonb not null, duration_minutes int null, lead_minutes jsonb not null, state text not null default 'active',
    version bigint not null default 0, next_at timestamptz null, handled_to timestamptz not null,
    created_at timestamptz not null default now())`,
  `create index group_event_group_id_state_next_at_index on group_event (group_id, state, next_at)`,
  `create table group_event_tag (${ofEvent('group_event_tag')} ${BOTH},
    tag_id uuid not null constraint group_event_tag_tag_id_foreign references group_tag (id) ${BOTH},
    primary key (event_id, tag_id))`,
  `create table group_answer (${ofEvent('group_answer')} ${CASCADE}, key text not null,
    user_id uuid not null constraint group_answer_user_id_foreign references app_user (id) ${CASCADE},
    answer text not null, answered_at timestamptz not null default clock_timestamp(), primary key (event_id, key, user_id))`,
  `create table group_summary (${ofEvent('group_summary')} ${CASCADE}, key text not null, due_at timestamptz null,
    told int not null default 0, primary key (event_id, key))`,
  `create table calendar_feed (
    user_id uuid primary key constraint calendar_feed_user_id_foreign references app_user (id) ${BOTH},
    secret_hash text not null constraint calendar_feed_secret_hash_unique unique,
    created_at timestamptz not null default now())`,
];

/** Groups with their events and who comes; the secret addresses of calendars. */
export class Groups20261123 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    const names = [
      ...['calendar_feed', 'group_summary', 'group_answer', 'group_event_tag', 'group_event', 'group_invite'],
      ...['group_member_tag', 'group_tag', 'group_member', 'agenda_group'],
    ];
    for (const name of names) this.addSql(`drop table ${name}`);
  }
}
