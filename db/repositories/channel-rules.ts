import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ChannelAccessRow } from '../../domain/accounts/account-state.ts';
import type { RuleRanges } from '../../domain/accounts/buy-rules.ts';
import { addAudit, type Actor } from './audit.ts';
import { isoTime } from './iso-time.ts';

/** A channel that gifts are bought for; times are ISO 8601, UTC. */
export interface ChannelRuleRow extends RuleRanges {
  /** 64-bit number in decimal; older rules have smaller ones. */
  readonly id: string;
  /** `-100…`. */
  readonly channelId: string;
  /** Without `@`. */
  readonly username: string | null;
  readonly title: string;
  readonly access: readonly ChannelAccessRow[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

const FIELDS = `id::text as id, channel_id::text as "channelId", username, title, price_min::float8 as "priceMin",
  price_max::float8 as "priceMax", supply_min::float8 as "supplyMin", supply_max::float8 as "supplyMax", access,
  ${isoTime('created_at')} as "createdAt", ${isoTime('updated_at')} as "updatedAt"`;

/** A user's rules, oldest first. */
export async function listChannelRules(em: SqlEntityManager, userId: string): Promise<ChannelRuleRow[]> {
  return await em.execute<ChannelRuleRow[]>(
    `select ${FIELDS} from channel_rule where user_id = ? order by channel_rule.id`,
    [userId],
  );
}

/** One rule of the user, or null. */
export async function readChannelRule(
  em: SqlEntityManager,
  userId: string,
  ruleId: string,
): Promise<ChannelRuleRow | null> {
  const [row] = await em.execute<ChannelRuleRow[]>(
    `select ${FIELDS} from channel_rule where user_id = ? and channel_rule.id = ?`,
    [userId, ruleId],
  );
  return row ?? null;
}

/** Id of the user's rule for a channel, `-100…` or the name without `@`; or null. */
export async function findChannelRule(em: SqlEntityManager, userId: string, channel: string): Promise<string | null> {
  const [row] = await em.execute<{ id: string }[]>(
    'select id::text as id from channel_rule where user_id = ? and (channel_id::text = ? or lower(username) = lower(?))',
    [userId, channel, channel],
  );
  return row?.id ?? null;
}

/** What was found out of a channel. */
export interface FoundChannel {
  readonly channelId: string;
  readonly username: string | null;
  readonly title: string;
  readonly access: readonly ChannelAccessRow[];
}

const rangesOf = ({ priceMin, priceMax, supplyMin, supplyMax }: RuleRanges) => [
  priceMin,
  priceMax,
  supplyMin,
  supplyMax,
];

/** Adds a rule; null when the user has one for this channel. */
export async function addChannelRule(
  em: SqlEntityManager,
  actor: Actor,
  rule: FoundChannel & RuleRanges,
): Promise<ChannelRuleRow | null> {
  return await em.transactional(async (tx) => {
    const [row] = await tx.execute<ChannelRuleRow[]>(
      `insert into channel_rule (user_id, channel_id, username, title, access, price_min, price_max, supply_min, supply_max)
       values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?) on conflict (user_id, channel_id) do nothing returning ${FIELDS}`,
      [...[actor.userId, rule.channelId, rule.username, rule.title, JSON.stringify(rule.access)], ...rangesOf(rule)],
    );
    if (row === undefined) return null;
    const { priceMin, priceMax, supplyMin, supplyMax } = row;
    const details = { ruleId: row.id, channelId: row.channelId, priceMin, priceMax, supplyMin, supplyMax };
    await addAudit(tx, actor, { action: 'channel.added', details });
    return row;
  });
}

/** What is to be set; `check` judges the outcome in the same transaction and may throw. */
export interface RuleChange {
  readonly ruleId: string;
  readonly change: { readonly [F in keyof RuleRanges]?: RuleRanges[F] | undefined };
  readonly check: (after: RuleRanges) => void;
}

/** Sets the ranges that are given and leaves the rest; null when the user has no such rule. */
export async function changeChannelRule(
  em: SqlEntityManager,
  actor: Actor,
  { ruleId, change, check }: RuleChange,
): Promise<ChannelRuleRow | null> {
  return await em.transactional(async (tx) => {
    await tx.execute('select 1 from channel_rule where user_id = ? and id = ? for update', [actor.userId, ruleId]);
    const before = await readChannelRule(tx, actor.userId, ruleId);
    if (before === null) return null;
    const after: RuleRanges = {
      priceMin: change.priceMin === undefined ? before.priceMin : change.priceMin,
      priceMax: change.priceMax === undefined ? before.priceMax : change.priceMax,
      supplyMin: change.supplyMin === undefined ? before.supplyMin : change.supplyMin,
      supplyMax: change.supplyMax === undefined ? before.supplyMax : change.supplyMax,
    };
    check(after);
    await tx.execute(
      `update channel_rule set price_min = ?, price_max = ?, supply_min = ?, supply_max = ?, updated_at = clock_timestamp() where id = ?`,
      [...rangesOf(after), ruleId],
    );
    await addAudit(tx, actor, { action: 'channel.changed', details: { ruleId, ...change } });
    return await readChannelRule(tx, actor.userId, ruleId);
  });
}

/** Stores what another check found out. */
export async function noteChannelAccess(
  em: SqlEntityManager,
  userId: string,
  { channelId, username, title, access }: FoundChannel,
): Promise<void> {
  await em.execute(
    `update channel_rule set username = ?, title = ?, access = ?::jsonb, updated_at = clock_timestamp()
     where user_id = ? and channel_id = ?`,
    [username, title, JSON.stringify(access), userId, channelId],
  );
}

/** Deletes a rule of the user; false when there is no such one. */
export async function removeChannelRule(em: SqlEntityManager, actor: Actor, ruleId: string): Promise<boolean> {
  return await em.transactional(async (tx) => {
    const [removed] = await tx.execute<{ channelId: string }[]>(
      'delete from channel_rule where id = ? and user_id = ? returning channel_id::text as "channelId"',
      [ruleId, actor.userId],
    );
    if (removed === undefined) return false;
    await addAudit(tx, actor, { action: 'channel.removed', details: { ruleId, channelId: removed.channelId } });
    return true;
  });
}
