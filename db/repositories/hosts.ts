import type { SqlEntityManager } from '@mikro-orm/sql';

export interface TurnRequest {
  /** Host with port. */
  readonly host: string;
  /** Between two requests, ms, > 0. */
  readonly delayMs: number;
  readonly count: number;
  /** Nothing is reserved when the first turn is later than that, ms from now. */
  readonly withinMs: number;
}
export interface Turns {
  /** The first of `count` turns, `delayMs` apart; ms from now on the database's clock, ≥ 0. */
  readonly firstInMs: number;
  readonly reserved: boolean;
}

/** Reserves the host's next turns for the caller; workers that share a host get disjoint ones. */
export async function reserveTurns(
  em: SqlEntityManager,
  { host, delayMs, count, withinMs }: TurnRequest,
): Promise<Turns> {
  const spanMs = delayMs * count;
  const [taken] = await em.execute<{ first: number }[]>(
    `insert into host_budget (host, next_slot_at) values (?, clock_timestamp() + ? * interval '1 millisecond')
     on conflict (host) do update
       set next_slot_at = greatest(host_budget.next_slot_at, clock_timestamp()) + ? * interval '1 millisecond'
       where host_budget.next_slot_at <= clock_timestamp() + ? * interval '1 millisecond'
     returning (extract(epoch from next_slot_at - clock_timestamp()) * 1000 - ?)::float8 as first`,
    [host, spanMs, spanMs, withinMs, spanMs],
  );
  if (taken !== undefined) return { firstInMs: Math.max(0, taken.first), reserved: true };
  const [busy] = await em.execute<{ first: number }[]>(
    `select (extract(epoch from next_slot_at - clock_timestamp()) * 1000)::float8 as first from host_budget where host = ?`,
    [host],
  );
  return { firstInMs: Math.max(0, busy?.first ?? 0), reserved: false };
}

/** Waits of a host that does not say how long: doubled each time, ms. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;

export interface Block {
  readonly host: string;
  readonly reason: string;
  /** What the host asks for, ms; null = it does not say. */
  readonly retryAfterMs: number | null;
}
export interface Blocked {
  /** How many times in a row, with no answered page between. */
  readonly blocks: number;
  /** Nobody asks the host before, ms. */
  readonly waitMs: number;
}

/**
 * The host asked to wait or blocked us: all workers leave it alone for as long as it says, at most an hour, or else
 * for 30 s, doubled with each block in a row. Answers to requests that were under way when it began are no new block.
 */
export async function blockHost(em: SqlEntityManager, { host, reason, retryAfterMs }: Block): Promise<Blocked> {
  const [row] = await em.execute<Blocked[]>(
    `insert into host_budget as host (host, blocks, block_reason, blocked_until)
       values (?, 1, ?, clock_timestamp() + least(coalesce(?::float8, ?), ?) * interval '1 millisecond')
     on conflict (host) do update set
       blocks = host.blocks + case when host.blocked_until > clock_timestamp() then 0 else 1 end,
       block_reason = excluded.block_reason,
       blocked_until = greatest(host.blocked_until, clock_timestamp() + least(
         coalesce(?::float8, ? * power(2, least(20, host.blocks - case when host.blocked_until > clock_timestamp() then 1 else 0 end))),
         ?) * interval '1 millisecond')
     returning blocks, (extract(epoch from blocked_until - clock_timestamp()) * 1000)::float8 as "waitMs"`,
    [host, reason, ...waits(retryAfterMs), ...waits(retryAfterMs)],
  );
  return { blocks: row?.blocks ?? 1, waitMs: Math.max(1, row?.waitMs ?? FIRST_WAIT_MS) };
}

/** «Retry-After: 0» still means that there were too many requests. */
const waits = (retryAfterMs: number | null) => [
  retryAfterMs === 0 ? 1000 : retryAfterMs,
  FIRST_WAIT_MS,
  LONGEST_WAIT_MS,
];

/** The host answers normally again; says nothing while it is blocked, for that answer is older than the block. */
export async function unblockHost(em: SqlEntityManager, host: string): Promise<void> {
  await em.execute(
    `update host_budget set blocks = 0, block_reason = null
     where host = ? and blocks > 0 and blocked_until <= clock_timestamp()`,
    [host],
  );
}

export interface StoredRobots {
  /** HTTP status; 0 = unreachable. */
  readonly status: number;
  readonly text: string;
}

/** robots.txt as received less than `maxAgeMs` ago, or null. */
export async function findRobots(em: SqlEntityManager, host: string, maxAgeMs: number): Promise<StoredRobots | null> {
  const [row] = await em.execute<StoredRobots[]>(
    `select robots_status as status, coalesce(robots_text, '') as text from host_budget
     where host = ? and robots_fetched_at > now() - ? * interval '1 millisecond'`,
    [host, maxAgeMs],
  );
  return row ?? null;
}

/** Keeps robots.txt as received now. */
export async function putRobots(em: SqlEntityManager, host: string, robots: StoredRobots): Promise<void> {
  await em.execute(
    `insert into host_budget (host, robots_status, robots_text, robots_fetched_at) values (?, ?, ?, now())
     on conflict (host) do update set robots_status = excluded.robots_status,
       robots_text = excluded.robots_text, robots_fetched_at = now()`,
    [host, robots.status, robots.text],
  );
}
