import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AccountPool } from '../ports/account-pool.ts';
import type { TelegramAccount, TelegramAccounts } from '../ports/telegram-account.ts';
import { accountQueue } from '../../contracts/task-queues.ts';
import {
  acquireAccountLeases,
  releaseAccountLeases,
  renewAccountLeases,
  type AccountLease,
} from '../../db/repositories/account-leases.ts';
import { findSealedKeys, markFloodWait, markUnusable, saveAccountFacts } from '../../db/repositories/account-states.ts';
import type { UnusableAccount } from '../../db/repositories/account-states.ts';
import type { SecretBox } from '../../db/secrets.ts';
import { sealedAs } from '../../db/vault.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { unusableState } from '../../domain/accounts/unusable-state.ts';
import { HeldAccount, notHeld } from './held-account.ts';
import { meetChannels } from './meet-channels.ts';

/** An account that is not renewed may be taken by another host after that, by the database's clock. */
export const LEASE_MS = 15_000;
/** Between two renewals. */
export const RENEW_MS = 4_000;
/** So long before a lease could end, its account is not used any more. */
const MARGIN_MS = 5_000;
/** Shorter waits are not worth a word in the list of accounts. */
const SHOWN_FLOOD_MS = 10_000;
const CHECKED_AT_ONCE = 20;

export interface AccountHostInput {
  /** Names this process; never used by another one, not even by its successor. */
  readonly host: string;
  readonly em: () => SqlEntityManager;
  readonly accounts: TelegramAccounts;
  readonly secrets: SecretBox;
  /** Accounts at most. */
  readonly capacity: number;
  /** An account that is idle has its balance looked up so often, ms. */
  readonly checkEveryMs: number;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** Writes the one message to the owner of an account that Telegram refuses, inside of the transaction that records it. */
  readonly tellOwner: (em: SqlEntityManager, account: UnusableAccount) => Promise<void>;
  /** After that transaction: the user's accounts changed. */
  readonly onChange: (userId: string) => Promise<void>;
  readonly onError: (err: unknown) => void;
}

/** Holds the leases of accounts for this process and opens them: no other process in the world uses them meanwhile. */
export class AccountHost implements AccountPool {
  readonly queue: string;
  readonly #input: AccountHostInput;
  readonly #held = new Map<string, HeldAccount>();
  /** When an account's balance was looked up last, on `now`'s clock. */
  readonly #checkedAt = new Map<string, number>();
  /** Channels that each connection was introduced to. */
  readonly #met = new Map<string, Set<string>>();
  /** Connections that are ending: the account's next one waits for that. */
  readonly #closing = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #expiry: NodeJS.Timeout | null = null;
  #renewing: Promise<void> | null = null;
  #stopped = false;

  constructor(input: AccountHostInput) {
    this.#input = input;
    this.queue = accountQueue(input.host);
  }

  /** Takes accounts and keeps them until `stop`. */
  async start(): Promise<void> {
    const care = async () => {
      await this.renew();
      await this.checkIdle();
    };
    await this.renew();
    this.#timer = setInterval(() => void care(), RENEW_MS);
    // Connects what it holds, so that the first purchase does not wait for that.
    void this.checkIdle();
  }

  /** Closes all connections, then gives the accounts to others at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    await this.#renewing;
    const all = [...this.#held.values()];
    this.#held.clear();
    await Promise.all(all.map(async (account) => await account.close()));
    try {
      await releaseAccountLeases(
        this.#input.em(),
        all.map(({ lease }) => lease),
      );
    } catch (err) {
      this.#input.onError(err);
    }
  }

  held(userId: string): readonly string[] {
    const valid = [...this.#held.values()].filter(({ isValid, lease }) => isValid && lease.userId === userId);
    return valid.map(({ lease }) => lease.accountId);
  }

  async use<T>(accountId: string, fn: (account: TelegramAccount, fence: string) => Promise<T>): Promise<T> {
    return await this.#find(accountId).use(fn);
  }

  async useAlone<T>(accountId: string, fn: (account: TelegramAccount, fence: string) => Promise<T>): Promise<T> {
    return await this.#find(accountId).useAlone(fn);
  }

  /** An account was signed in, here or elsewhere: it need not wait for the next renewal. Never throws. */
  async lookAgain(): Promise<void> {
    if (this.#timer !== null) await this.renew();
  }

  /** Renews what is held and takes what is free. Never throws. */
  async renew(): Promise<void> {
    if (this.#stopped) return;
    this.#renewing ??= this.#renew()
      .catch(this.#input.onError)
      .finally(() => (this.#renewing = null));
    await this.#renewing;
  }

  /** Looks up the balances that are older than `checkEveryMs`. Never throws. */
  async checkIdle(): Promise<void> {
    const due = [...this.#held.values()].filter(({ lease: { accountId }, isValid }) => {
      const at = this.#checkedAt.get(accountId) ?? -Infinity;
      return isValid && this.#input.now() - at >= this.#input.checkEveryMs;
    });
    await Promise.all(due.slice(0, CHECKED_AT_ONCE).map(async (account) => await this.#check(account)));
  }

  #find(accountId: string): HeldAccount {
    const account = this.#held.get(accountId);
    if (account === undefined) throw notHeld(accountId);
    return account;
  }

  async #renew(): Promise<void> {
    const { em, host, capacity, now } = this.#input;
    const askedAt = now();
    const kept = await renewAccountLeases(em(), { host, ttlMs: LEASE_MS });
    this.#keep(kept, askedAt);
    const limit = capacity - this.#held.size;
    if (limit <= 0) return;
    const takenAt = now();
    const taken = await acquireAccountLeases(em(), { host, limit, ttlMs: LEASE_MS });
    for (const lease of taken) this.#take(lease, takenAt + LEASE_MS - MARGIN_MS);
    this.#watchExpiry();
  }

  /** Counted from before the question: an answer may be late, a lease never is. */
  #keep(leases: readonly AccountLease[], askedAt: number): void {
    const byId = new Map(leases.map((lease) => [lease.accountId, lease]));
    const validUntil = askedAt + LEASE_MS - MARGIN_MS;
    for (const [accountId, account] of [...this.#held]) {
      const lease = byId.get(accountId);
      byId.delete(accountId);
      if (lease?.fence === account.lease.fence && lease.sessionMark === account.lease.sessionMark && account.isValid)
        account.prolong(validUntil);
      else this.#drop(account);
      // Signed in anew: another key, under the same lease.
      if (lease !== undefined && !this.#held.has(accountId)) this.#take(lease, validUntil);
    }
    for (const lease of byId.values()) this.#take(lease, validUntil);
    this.#watchExpiry();
  }

  #take(lease: AccountLease, validUntil: number): void {
    const { now } = this.#input;
    const open = this.#open.bind(this);
    const onRefusal = this.#onRefusal.bind(this);
    this.#held.set(lease.accountId, new HeldAccount({ lease, open, now, onRefusal }, validUntil));
  }

  #drop(account: HeldAccount): void {
    const { accountId } = account.lease;
    if (this.#held.get(accountId) === account) this.#held.delete(accountId);
    this.#checkedAt.delete(accountId);
    this.#met.delete(accountId);
    const closing = account.close();
    this.#closing.set(accountId, closing);
    void closing.then(() => {
      if (this.#closing.get(accountId) === closing) this.#closing.delete(accountId);
    });
  }

  /** Without an answer of the database connections end by themselves, in time. */
  #watchExpiry(): void {
    if (this.#expiry !== null) clearTimeout(this.#expiry);
    const next = Math.min(...[...this.#held.values()].map(({ validUntil }) => validUntil));
    if (next === Infinity || this.#stopped) return;
    this.#expiry = setTimeout(() => this.dropExpired(), Math.max(1, next - this.#input.now()));
  }

  /** Ends the connections of leases that are too old by this process's own clock. */
  dropExpired(): void {
    for (const account of this.#held.values()) if (!account.isValid) this.#drop(account);
    this.#watchExpiry();
  }

  async #open(lease: AccountLease): Promise<TelegramAccount> {
    const { em, accounts, secrets } = this.#input;
    await this.#closing.get(lease.accountId);
    const keys = await findSealedKeys(em(), lease);
    if (keys?.sessionMark !== lease.sessionMark) throw notHeld(lease.accountId);
    const account = await accounts.open({
      apiId: keys.apiId,
      apiHash: secrets.open(keys.apiHash, sealedAs.apiHash(keys.profileId)),
      session: secrets.open(keys.session, sealedAs.session(lease.accountId)),
    });
    await meetChannels({ em, lease, account, met: this.#metBy(lease) });
    return account;
  }

  #metBy({ accountId }: AccountLease): Set<string> {
    const met = this.#met.get(accountId) ?? new Set();
    this.#met.set(accountId, met);
    return met;
  }

  async #check(account: HeldAccount): Promise<void> {
    const { lease } = account;
    this.#checkedAt.set(lease.accountId, this.#input.now());
    try {
      const stars = await account.use(async (telegram) => {
        await meetChannels({ em: this.#input.em, lease, account: telegram, met: this.#metBy(lease) });
        return await telegram.starBalance();
      });
      await saveAccountFacts(this.#input.em(), lease, { stars, isChecked: true });
    } catch (err) {
      // What Telegram said of the account is recorded already.
      if (!(err instanceof TelegramError)) this.#input.onError(err);
    }
  }

  async #onRefusal(lease: AccountLease, err: TelegramError): Promise<void> {
    const { em, tellOwner, onChange, onError } = this.#input;
    try {
      if (err.consequence === 'retry-later' && err.retryAfterMs >= SHOWN_FLOOD_MS)
        await markFloodWait(em(), lease, err.retryAfterMs);
      if (err.consequence !== 'account-unusable') return;
      const account = this.#held.get(lease.accountId);
      if (account?.lease === lease) this.#drop(account);
      const marked = await em().transactional(async (tx) => {
        const found = await markUnusable(tx, lease, { state: unusableState(err.code), reason: err.code });
        if (found !== null) await tellOwner(tx, found);
        return found;
      });
      if (marked !== null) await onChange(marked.userId);
    } catch (failure) {
      onError(failure);
    }
  }
}
