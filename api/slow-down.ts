import type { SqlEntityManager } from '@mikro-orm/sql';
import { countAttempt, excuseAttempt, forgetAttempts, type Counted } from '../db/repositories/sign-in-attempts.ts';
import { addressGroup } from '../domain/accounts/address-group.ts';
import { userNameKey } from '../domain/accounts/user-name.ts';
import { Problem } from './problems.ts';
import { hashToken } from './session-cookie.ts';

/** One person who mistypes, and one address with many people behind it. */
const FREE_FOR_NAME = 5;
const FREE_FOR_ADDRESS = 30;
const FREE_REGISTRATIONS = 10;
const FREE_LINK_CODES = 10;

interface Attempt {
  readonly name: string;
  readonly ip: string;
}

/** An attempt that is under way; it counts as failed until it is told to have succeeded. */
export interface CountedAttempt {
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt to sign in under a name from an address. Who guesses waits ever longer; nobody else does: the same name from
 * another address is counted apart.
 * @throws Problem too-many-attempts
 */
export async function countSignIn(em: SqlEntityManager, { name, ip }: Attempt): Promise<CountedAttempt> {
  const from = addressGroup(ip);
  const address = { key: hashToken(`address\n${from}`), free: FREE_FOR_ADDRESS };
  const pair = { key: hashToken(`name\n${userNameKey(name)}\n${from}`), free: FREE_FOR_NAME };
  await count(em, address);
  await count(em, pair);
  return {
    async succeeded() {
      await forgetAttempts(em, pair.key);
      await excuseAttempt(em, address.key);
    },
  };
}

/** Counts a registration from an address: accounts are not made by the thousand. @throws Problem too-many-attempts */
export async function countRegistration(em: SqlEntityManager, ip: string): Promise<void> {
  await count(em, { key: hashToken(`registration\n${addressGroup(ip)}`), free: FREE_REGISTRATIONS });
}

/** Counts a link code that a user asks for. @throws Problem too-many-attempts */
export async function countLinkCode(em: SqlEntityManager, userId: string): Promise<void> {
  await count(em, { key: hashToken(`link-code\n${userId}`), free: FREE_LINK_CODES });
}

async function count(em: SqlEntityManager, counted: Counted): Promise<void> {
  const waitMs = await countAttempt(em, counted);
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new Problem('too-many-attempts', `wait ${seconds} s before the next attempt`, {
    headers: { 'Retry-After': String(seconds) },
  });
}
