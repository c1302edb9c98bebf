import { createHash, randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Logger } from 'pino';
import {
  claimIdempotencyKey,
  keepIdempotentAnswer,
  releaseIdempotencyKey,
  type IdempotentRequest,
  type StoredAnswer,
} from '../db/repositories/idempotency.ts';
import { Problem } from './problems.ts';

/** Longer than any handler that changes something takes: after that its process is taken for dead. */
const LEASE_MS = 20_000;
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The caller's Idempotency-Key, or null. @throws Problem invalid-idempotency-key */
export function idempotencyKey(req: Request): string | null {
  const key = req.get('idempotency-key');
  if (key === undefined) return null;
  if (!KEY.test(key))
    throw new Problem('invalid-idempotency-key', 'Idempotency-Key must be 1 to 255 visible ASCII characters');
  return key;
}

/** UUID for what the request starts: it follows from the key, so that a repeat after a crash names the same thing. */
export function newIdFor(key: string | null, route: string): string {
  if (key === null) return randomUUID();
  const hex = createHash('sha256').update(`${route}\n${key}`).digest('hex');
  // RFC 9562 version 8 («made by the application»), variant 10.
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** What the same key may be repeated with, as text; input comes from the schema, so the order of fields is the schema's. */
export const requestText = (input: unknown): string => JSON.stringify(input);

interface Once {
  readonly em: SqlEntityManager;
  readonly request: IdempotentRequest;
  readonly log: Logger;
}

/**
 * Produces the answer once per key and gives the same one to every repeat. Refusals and failures are not kept: they changed
 * nothing, so a repeat is judged anew.
 * @throws Problem idempotency-key-reused, request-in-progress
 */
export async function answerOnce(
  { em, request, log }: Once,
  produce: () => Promise<StoredAnswer>,
): Promise<StoredAnswer & { readonly replayed: boolean }> {
  const claim = await claimIdempotencyKey(em, request, LEASE_MS);
  if (claim.kind === 'other-request')
    throw new Problem('idempotency-key-reused', 'take a new Idempotency-Key for a new request');
  if (claim.kind === 'in-progress')
    throw new Problem('request-in-progress', 'the first request is still being handled; ask again in a moment', {
      headers: { 'Retry-After': '2' },
    });
  if (claim.kind === 'answered') return { ...claim.answer, replayed: true };
  const owner = { key: request.key, route: request.route, token: claim.token };
  const answer = await produce().catch(async (err: unknown) => {
    // Left behind, the claim only delays a repeat until its lease ends.
    await releaseIdempotencyKey(em, owner).catch((failure: unknown) => {
      log.warn({ err: failure }, 'idempotency key not released');
    });
    throw err;
  });
  // It is done: the caller hears so even when it cannot be noted. A repeat then does the same under the same id.
  await keepIdempotentAnswer(em, owner, answer).catch((failure: unknown) => {
    log.warn({ err: failure }, 'answer not kept for its idempotency key');
  });
  return { ...answer, replayed: false };
}
