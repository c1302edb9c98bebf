import type { SqlEntityManager } from '@mikro-orm/sql';

/** One use of a key: the caller's key, on one route, with the hash of what was asked. */
export interface IdempotentRequest {
  readonly key: string;
  /** `POST /api/sources`. */
  readonly route: string;
  /** SHA-256, hex. */
  readonly requestHash: string;
}

/** The answer that was given; `body` is JSON. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

export type Claim =
  /** Handle the request; `token` is what the answer is stored under. */
  | { readonly kind: 'mine'; readonly token: string }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer }
  | { readonly kind: 'other-request' }
  | { readonly kind: 'in-progress' };

interface Owner {
  readonly key: string;
  readonly route: string;
  readonly token: string;
}

/**
 * Takes the key for one request. A key that was taken `leaseMs` ago and never answered belongs to a process that died, and is
 * taken over: what the handler does must be safe to repeat.
 */
export async function claimIdempotencyKey(
  em: SqlEntityManager,
  { key, route, requestHash }: IdempotentRequest,
  leaseMs: number,
): Promise<Claim> {
  const [taken] = await em.execute<{ token: string }[]>(
    `insert into idempotency_record as known (key, route, request_hash, created_at) values (?, ?, ?, clock_timestamp())
     on conflict (key, route) do update set created_at = excluded.created_at
       where known.status is null and known.request_hash = excluded.request_hash
         and known.created_at < excluded.created_at - ? * interval '1 millisecond'
     returning created_at::text as token`,
    [key, route, requestHash, leaseMs],
  );
  if (taken !== undefined) return { kind: 'mine', token: taken.token };
  const [known] = await em.execute<{ requestHash: string; status: number | null; body: unknown }[]>(
    'select request_hash as "requestHash", status, body from idempotency_record where key = ? and route = ?',
    [key, route],
  );
  if (known !== undefined && known.requestHash !== requestHash) return { kind: 'other-request' };
  if (known === undefined || known.status === null) return { kind: 'in-progress' };
  return { kind: 'answered', answer: { status: known.status, body: known.body } };
}

/** Stores the answer, unless somebody took the key over meanwhile. */
export async function keepIdempotentAnswer(
  em: SqlEntityManager,
  { key, route, token }: Owner,
  { status, body }: StoredAnswer,
): Promise<void> {
  await em.execute(
    `update idempotency_record set status = ?, body = ?::jsonb
     where key = ? and route = ? and created_at = ?::timestamptz and status is null`,
    [status, JSON.stringify(body ?? null), key, route, token],
  );
}

/** Gives the key back after a failure or a refusal, so that the request can be sent again under it. */
export async function releaseIdempotencyKey(em: SqlEntityManager, { key, route, token }: Owner): Promise<void> {
  await em.execute(
    'delete from idempotency_record where key = ? and route = ? and created_at = ?::timestamptz and status is null',
    [key, route, token],
  );
}

/** Forgets keys first used more than `olderThanMs` ago. */
export async function purgeIdempotencyRecords(em: SqlEntityManager, olderThanMs: number): Promise<void> {
  await em.execute(`delete from idempotency_record where created_at < now() - ? * interval '1 millisecond'`, [
    olderThanMs,
  ]);
}
