import type { TelegramAccount } from '../ports/telegram-account.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { AccountLease } from '../../db/repositories/account-leases.ts';

export interface HeldAccountInput {
  readonly lease: AccountLease;
  /** Connects; called at most once at a time. */
  readonly open: (lease: AccountLease) => Promise<TelegramAccount>;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** What Telegram said of the account as such, before the caller hears it. */
  readonly onRefusal: (lease: AccountLease, err: TelegramError) => Promise<void>;
}

/** One account under one lease: opened when it is first needed, and deaf from the moment the lease is too old. */
export class HeldAccount {
  readonly lease: AccountLease;
  readonly #input: HeldAccountInput;
  /** On `now`'s clock. */
  #validUntil: number;
  #opening: Promise<TelegramAccount> | null = null;
  #closed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(input: HeldAccountInput, validUntil: number) {
    this.lease = input.lease;
    this.#input = input;
    this.#validUntil = validUntil;
  }

  /** Whether it may be used now. */
  get isValid(): boolean {
    return !this.#closed && this.#input.now() < this.#validUntil;
  }

  /** On `now`'s clock. */
  get validUntil(): number {
    return this.#validUntil;
  }

  prolong(validUntil: number): void {
    this.#validUntil = validUntil;
  }

  /** @throws DomainError account-not-held @throws TelegramError */
  async use<T>(fn: (account: TelegramAccount, fence: string) => Promise<T>): Promise<T> {
    return await this.#watched(async () => await fn(this.#guard(await this.#connection()), this.lease.fence));
  }

  /** Like `use`, one after the other. */
  async useAlone<T>(fn: (account: TelegramAccount, fence: string) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => await this.use(fn));
    this.#queue = turn.catch(() => undefined);
    return await turn;
  }

  /** Ends the connection, also one that is being opened; never throws. */
  async close(): Promise<void> {
    this.#closed = true;
    const opening = this.#opening;
    this.#opening = null;
    const account = await opening?.catch(() => null);
    await account?.close().catch(() => undefined);
  }

  #assertHeld(): void {
    if (!this.isValid) throw notHeld(this.lease.accountId);
  }

  async #connection(): Promise<TelegramAccount> {
    this.#assertHeld();
    this.#opening ??= this.#input.open(this.lease);
    const opening = this.#opening;
    try {
      return await opening;
    } catch (err) {
      if (this.#opening === opening) this.#opening = null;
      throw err;
    }
  }

  /** Looks at the clock before each call: a process may have stood still for any time between two. */
  #guard(account: TelegramAccount): TelegramAccount {
    const held = async <T>(call: () => Promise<T>): Promise<T> => {
      this.#assertHeld();
      return await call();
    };
    return {
      starGifts: async (hash) => await held(() => account.starGifts(hash)),
      profile: async () => await held(() => account.profile()),
      premiumUntil: async () => await held(() => account.premiumUntil()),
      starBalance: async () => await held(() => account.starBalance()),
      meet: async (channel) => await held(() => account.meet(channel)),
      channel: async (target) => await held(() => account.channel(target)),
      paymentForm: async (order) => await held(() => account.paymentForm(order)),
      pay: async (order, formId) => await held(() => account.pay(order, formId)),
      transactions: async (query) => await held(() => account.transactions(query)),
      savedGifts: async (target, limit) => await held(() => account.savedGifts(target, limit)),
      sticker: async (stickerId) => await held(() => account.sticker(stickerId)),
      // The host decides when a connection ends.
      close: () => Promise.resolve(),
    };
  }

  async #watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (err) {
      // After it was closed, what a call says is our own doing.
      if (err instanceof TelegramError && !this.#closed) await this.#input.onRefusal(this.lease, err);
      throw err;
    }
  }
}

/** This process does not hold the account. */
export const notHeld = (accountId: string): DomainError =>
  new DomainError('account-not-held', `the account ${accountId} is not held by this process`);
