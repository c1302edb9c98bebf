import { Migration } from '@mikro-orm/migrations';

const owned = (table: string): string =>
  `user_id uuid not null constraint ${table}_user_id_foreign references app_user (id) on delete cascade`;
const profileOf = (table: string, onDelete = 'cascade'): string =>
  `api_profile_id uuid not null constraint ${table}_api_profile_id_foreign references api_profile (id) on delete ${onDelete}`;
const NEW_ID = 'id uuid primary key default gen_random_uuid()';
const CREATED = 'created_at timestamptz not null default now()';

const tables = [
  `create table app_user (${NEW_ID}, name text not null, name_key text not null, password_hash text not null, role text not null,
    telegram_id bigint null, max_id bigint null, ${CREATED},
    constraint app_user_name_key_unique unique (name_key), constraint app_user_telegram_id_unique unique (telegram_id),
    constraint app_user_max_id_unique unique (max_id))`,
  `create table session (${NEW_ID}, ${owned('session')}, token_hash text not null, ip text not null, agent text not null, ${CREATED},
    last_seen_at timestamptz not null default now(), expires_at timestamptz not null,
    constraint session_token_hash_unique unique (token_hash))`,
  `create index session_user_id_index on session (user_id)`,
  `create table api_token (${NEW_ID}, ${owned('api_token')}, name text not null, token_hash text not null, scopes jsonb not null, ${CREATED},
    last_used_at timestamptz null, revoked_at timestamptz null, constraint api_token_token_hash_unique unique (token_hash))`,
  `create index api_token_user_id_index on api_token (user_id)`,
  `create table sign_in_attempt (key text primary key, failures int not null, tried_at timestamptz not null, blocked_until timestamptz null)`,
  `create table audit_entry (id bigserial primary key,
    user_id uuid null constraint audit_entry_user_id_foreign references app_user (id) on delete set null,
    at timestamptz not null default now(), action text not null, ip text null, result text not null, details jsonb not null)`,
  `create index audit_entry_user_id_id_index on audit_entry (user_id, id)`,
  `create index audit_entry_action_id_index on audit_entry (action, id)`,
  `create table api_profile (${NEW_ID}, ${owned('api_profile')}, api_id int not null, api_hash text not null, name text not null, ${CREATED},
    constraint api_profile_user_id_api_id_unique unique (user_id, api_id))`,
  `create table telegram_account (${NEW_ID}, ${owned('telegram_account')}, ${profileOf('telegram_account', 'no action')}, telegram_id bigint not null,
    phone text null, phone_last4 text null, session text null, name text not null, username text null,
    is_premium boolean not null default false, premium_until timestamptz null, stars bigint null, state text not null default 'new',
    state_until timestamptz null, state_reason text null, last_checked_at timestamptz null, lease_host text null,
    lease_fence bigint not null default 0, lease_until timestamptz null, ${CREATED},
    constraint telegram_account_user_id_telegram_id_unique unique (user_id, telegram_id))`,
  `create unique index telegram_account_live_unique on telegram_account (telegram_id) where session is not null`,
  `create index telegram_account_api_profile_id_index on telegram_account (api_profile_id)`,
  `create table telegram_login (${NEW_ID}, ${owned('telegram_login')}, ${profileOf('telegram_login')},
    account_id uuid null constraint telegram_login_account_id_foreign references telegram_account (id) on delete cascade,
    kind text not null, phone text null, phone_last4 text null, login_state text null, step text not null default 'sending', input text null,
    error_code text null, error_text text null, retry_at timestamptz null, code_length int null, sent_by text null, hint text null,
    expires_at timestamptz not null, ${CREATED})`,
  `create index telegram_login_user_id_created_at_index on telegram_login (user_id, created_at)`,
  `create index telegram_login_api_profile_id_index on telegram_login (api_profile_id)`,
  `create index telegram_login_account_id_index on telegram_login (account_id)`,
  `create table channel_rule (id bigserial primary key, ${owned('channel_rule')}, channel_id bigint not null, username text null, title text not null,
    price_min bigint null, price_max bigint null, supply_min bigint null, supply_max bigint null, access jsonb not null default '[]',
    ${CREATED}, updated_at timestamptz not null default now(),
    constraint channel_rule_user_id_channel_id_unique unique (user_id, channel_id),
    constraint channel_rule_ranges check (price_min >= 0 and price_max >= 0 and supply_min >= 0 and supply_max >= 0
      and price_min <= price_max and supply_min <= supply_max))`,
  `create table user_settings (user_id uuid primary key constraint user_settings_user_id_foreign references app_user (id) on update cascade on delete cascade,
    bot_token text null, bot_username text null, new_bot_token text null, notify_chats jsonb not null default '[]',
    notify_dms boolean not null default true, autobuy_on boolean not null default false, autobuy_on_since timestamptz null,
    cap_account_stars bigint null, cap_drop_stars bigint null, cap_day_stars bigint null, max_price_stars bigint null, floor_stars bigint null,
    excluded_gift_ids jsonb not null default '[]', buy_order text not null default 'scarcest', forced_target text null,
    forced_only_on_no_match boolean not null default false, buy_without_cap boolean not null default false,
    quiet_from text null, quiet_to text null, language text not null default 'ru', zone text not null default 'UTC',
    updated_at timestamptz not null default now())`,
];
const inReverse = [
  'user_settings',
  'channel_rule',
  'telegram_login',
  'telegram_account',
  'api_profile',
  'audit_entry',
  'sign_in_attempt',
  'api_token',
  'session',
  'app_user',
];

/** People, their sessions and tokens, their Telegram accounts, channels and settings, and who changed what. */
export class Accounts20261122 extends Migration {
  override up(): void {
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of inReverse) this.addSql(`drop table ${table}`);
  }
}
