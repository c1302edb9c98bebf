import type { SqlEntityManager } from '@mikro-orm/sql';

export interface SlotRequest {
  /** Host with port. */
  readonly host: string;
  /** Between two requests, ms. */
  readonly delayMs: number;
  readonly count: number;
}
export interface Slots {
  /** The first of `count` slots, `delayMs` apart; ms from now on the database's clock, ≥ 0. */
  readonly firstInMs: number;
  /** No request for that long, ms; 0 = free. */
  readonly blockedForMs: number;
}

/** Reserves the host's next slots for the caller; workers that share a host get disjoint ones. */
export async function reserveSlots(em: SqlEntityManager, { host, delayMs, count }: SlotRequest): Promise<Slots> {
  const spanMs = delayMs * count;
  const [row] = await em.execute<{ first: number; blocked: number }[]>(
    `insert into host_budget (host, next_slot_at) values (?, now() + ? * interval '1 millisecond')
     on conflict (host) do update
       set next_slot_at = greatest(host_budget.next_slot_at, now()) + ? * interval '1 millisecond'
     returning (extract(epoch from next_slot_at - now()) * 1000 - ?)::float8 as first,
       coalesce(extract(epoch from blocked_until - now()) * 1000, 0)::float8 as blocked`,
    [host, spanMs, spanMs, spanMs],
  );
  return { firstInMs: Math.max(0, row?.first ?? 0), blockedForMs: Math.max(0, row?.blocked ?? 0) };
}

/** The host asked to wait or blocked us; returns how many times in a row it has. */
export async function blockHost(
  em: SqlEntityManager,
  { host, forMs, reason }: { readonly host: string; readonly forMs: number; readonly reason: string },
): Promise<number> {
  const [row] = await em.execute<{ blocks: number }[]>(
    `insert into host_budget (host, blocked_until, block_reason, blocks)
       values (?, now() + ? * interval '1 millisecond', ?, 1)
     on conflict (host) do update set blocks = host_budget.blocks + 1, block_reason = excluded.block_reason,
       blocked_until = greatest(host_budget.blocked_until, excluded.blocked_until)
     returning blocks`,
    [host, forMs, reason],
  );
  return row?.blocks ?? 1;
}

/** The host answers normally again. */
export async function unblockHost(em: SqlEntityManager, host: string): Promise<void> {
  await em.execute('update host_budget set blocks = 0, block_reason = null where host = ? and blocks > 0', [host]);
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
