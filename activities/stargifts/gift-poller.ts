import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { DropInput, PollResult, WatchHealth } from '../../contracts/stargifts.ts';
import { markDropStarted, unstartedDrops } from '../../db/repositories/drops.ts';
import { readLedger } from '../../db/repositories/gift-ledger.ts';
import { noteDegraded, notePolls, readWatch } from '../../db/repositories/gift-watch.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { giftsToPlan } from '../../domain/stargifts/buy-triggers.ts';
import { compareList, type KnownGift } from '../../domain/stargifts/gift-changes.ts';
import type { AccountList } from '../../domain/stargifts/merged-list.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { AccountPool } from '../ports/account-pool.ts';
import { askAccounts } from './ask-accounts.ts';
import type { AccountBuyer } from './buying.ts';
import type { GiftTeller } from './gift-teller.ts';
import { recordList, type RecordedList } from './record-list.ts';

export interface WatchingDeps {
  readonly orm: MikroORM;
  readonly pool: AccountPool;
  readonly teller: GiftTeller;
  /** Starts the drop's workflow; safe to repeat. */
  readonly startDrop: (input: DropInput) => Promise<void>;
  /**
   * Buys with an account of this host, without waiting for the drop's workflow to ask for it: that takes some tens of
   * milliseconds. The workflow finds in the rows what was done meanwhile, and sees to the rest.
   */
  readonly buy: AccountBuyer;
  /** Has the user's outbox sent. */
  readonly wakeOutbox: (userId: string) => Promise<void>;
  /** Tells the watcher's workflow. */
  readonly reportHealth: (userId: string, health: WatchHealth) => Promise<void>;
  /** Between two polls of a user, ms; default 1,000. */
  readonly everyMs?: number;
  /** Between two whole lists while a limited gift is on sale, ms; default 7,000. */
  readonly fullEveryMs?: number;
  /** Length of one activity, ms; default a minute: accounts may have moved to another host. */
  readonly turnMs?: number;
}

type Drop = NonNullable<RecordedList['drop']>;

export interface PollScope {
  readonly userId: string;
  readonly signal: AbortSignal;
  /** Waits; rejects when the signal fires. */
  readonly pause: (ms: number) => Promise<void>;
  /** The ledger was opened, or something in it changed. */
  readonly onLedger?: () => void;
}

/** Far shorter than what another host needs to take an account over, should this one die before it starts the workflow. */
const HEAD_START_MS = 500;
const NOTE_EVERY_MS = 5_000;
const MAX_BACK_OFF_MS = 30_000;
/** With nothing on sale whole lists are asked for less often: only they show that something sold out is back. */
const RARELY = 8;
/** Accounts failing in a row before the watcher is called degraded. */
const DEGRADED_AFTER = 3;

/** Polls a user's gifts from the accounts that this host holds, one after the other, and records what they show. */
export class GiftPoller {
  readonly #deps: WatchingDeps;
  readonly #scope: PollScope;
  readonly #hashes = new Map<string, number>();
  /** Account id → not before, on the monotonic clock. */
  readonly #waiting = new Map<string, number>();
  #ledger: ReadonlyMap<string, KnownGift> = new Map();
  #baseline = true;
  #turn = 0;
  #fullAt = -Infinity;
  #notedAt = performance.now();
  #polls = 0;
  #failures = 0;
  #degraded = false;

  constructor(deps: WatchingDeps, scope: PollScope) {
    this.#deps = deps;
    this.#scope = scope;
  }

  /** Polls until the turn is over, or this host holds no account of the user any more. */
  async run(): Promise<void> {
    const { everyMs = 1_000, turnMs = 60_000 } = this.#deps;
    const until = performance.now() + turnMs;
    await this.#open();
    while (performance.now() < until) {
      this.#scope.signal.throwIfAborted();
      const began = performance.now();
      const held = this.#deps.pool.held(this.#scope.userId);
      if (held.length === 0) return;
      const accountId = this.#next(held);
      if (accountId !== null) await this.#poll(accountId);
      const pauseMs = this.#degraded ? Math.min(everyMs * 2 ** (this.#failures - 2), MAX_BACK_OFF_MS) : everyMs;
      await this.#scope.pause(Math.max(0, began + pauseMs - performance.now()));
    }
  }

  /** Asks one account for the whole list. @throws DomainError no-account @throws TelegramError */
  async once(): Promise<PollResult> {
    await this.#open();
    const accountId = this.#next(this.#deps.pool.held(this.#scope.userId));
    if (accountId === null) throw new DomainError('no-account', 'no account of yours can be asked now');
    const answer = await this.#deps.pool.use(accountId, async (account) => await account.starGifts(0));
    const gifts = answer?.gifts ?? [];
    return await this.#take({ accountId, gifts });
  }

  async #open(): Promise<void> {
    const { orm, startDrop } = this.#deps;
    const { userId } = this.#scope;
    // A process may have died between the commit and the start.
    for (const dropId of await unstartedDrops(orm.em.fork(), userId)) {
      await startDrop({ userId, dropId });
      await markDropStarted(orm.em.fork(), dropId);
    }
    const watch = await readWatch(orm.em.fork(), userId);
    this.#degraded = watch !== null && watch.degradedSince !== null;
    await this.#load();
    this.#scope.onLedger?.();
  }

  async #load(): Promise<void> {
    const { orm } = this.#deps;
    this.#ledger = await readLedger(orm.em.fork(), this.#scope.userId);
    this.#baseline = (await readWatch(orm.em.fork(), this.#scope.userId))?.baseline ?? true;
  }

  /** The next account whose turn it is and that may be asked; null = all were told to wait. */
  #next(held: readonly string[]): string | null {
    const now = performance.now();
    const from = (this.#turn + 1) % Math.max(1, held.length);
    const inTurn = [...held.slice(from), ...held.slice(0, from)];
    const chosen = inTurn.find((accountId) => (this.#waiting.get(accountId) ?? 0) <= now);
    if (chosen !== undefined) this.#turn = held.indexOf(chosen);
    return chosen ?? null;
  }

  async #poll(accountId: string): Promise<void> {
    const { fullEveryMs = 7_000 } = this.#deps;
    const fullMs = this.#isOnSale() ? fullEveryMs : fullEveryMs * RARELY;
    const isFull = performance.now() - this.#fullAt >= fullMs;
    const hash = isFull || this.#baseline ? 0 : (this.#hashes.get(accountId) ?? 0);
    try {
      const answer = await this.#deps.pool.use(accountId, async (account) => await account.starGifts(hash));
      if (hash === 0) this.#fullAt = performance.now();
      if (answer !== null) {
        await this.#take({ accountId, gifts: answer.gifts });
        this.#hashes.set(accountId, answer.hash);
      }
    } catch (err) {
      await this.#failed(accountId, err);
      return;
    }
    await this.#answered();
  }

  #isOnSale(): boolean {
    return [...this.#ledger.values()].some(({ gift }) => gift.isLimited && !gift.isSoldOut);
  }

  async #take(list: AccountList): Promise<PollResult> {
    const { userId } = this.#scope;
    const { changes, changed } = compareList(this.#ledger, list, Date.now());
    if (changed.length === 0 && !this.#baseline) return { gifts: list.gifts.length, events: 0, dropId: null };
    const asksAll = !this.#baseline && giftsToPlan(changes, Date.now()).length > 0;
    const asked = asksAll ? await askAccounts(this.#deps.pool, userId, list.accountId) : NOTHING;
    const { events, told, drop } = await recordList(this.#deps, { userId, list, ...asked });
    if (drop !== null) {
      await this.#headStart(drop);
      await this.#deps.startDrop({ userId, ...drop });
      await markDropStarted(this.#deps.orm.em.fork(), drop.dropId);
    }
    if (told > 0) await this.#deps.wakeOutbox(userId);
    await this.#load();
    this.#scope.onLedger?.();
    return { gifts: list.gifts.length, events, dropId: drop?.dropId ?? null };
  }

  /**
   * Lets the accounts of this host begin; never throws: whatever stops them, the workflow's own attempt meets and handles.
   * With nobody elsewhere to be told, the workflow's start waits a moment, so as not to compete with them.
   */
  async #headStart({ dropId, crew }: Drop): Promise<void> {
    const { buy, pool } = this.#deps;
    const { userId } = this.#scope;
    const own = crew.filter(({ queue }) => queue === pool.queue);
    const never = new AbortController().signal; // a watcher that is paused leaves running drops alone
    const bought = own.map(async ({ accountId }) => await buy({ userId, dropId, accountId }, never));
    const all = Promise.allSettled(bought);
    if (own.length === crew.length) await Promise.race([all, sleep(HEAD_START_MS)]);
  }

  async #answered(): Promise<void> {
    const { orm, reportHealth } = this.#deps;
    const { userId } = this.#scope;
    this.#polls += 1;
    this.#failures = 0;
    if (!this.#degraded && performance.now() - this.#notedAt < NOTE_EVERY_MS) return;
    await notePolls(orm.em.fork(), userId, this.#polls);
    this.#polls = 0;
    this.#notedAt = performance.now();
    if (!this.#degraded) return;
    this.#degraded = false;
    await reportHealth(userId, { degradedSince: null, error: null });
  }

  async #failed(accountId: string, err: unknown): Promise<void> {
    if (err instanceof DomainError && err.code === 'account-not-held') return; // its host has changed
    if (!(err instanceof TelegramError)) throw err;
    if (err.consequence === 'retry-later') {
      this.#waiting.set(accountId, performance.now() + Math.max(err.retryAfterMs, 1_000));
      return;
    }
    this.#failures += 1;
    if (this.#failures < DEGRADED_AFTER || this.#degraded) return;
    const { orm, reportHealth } = this.#deps;
    const degradedSince = await noteDegraded(orm.em.fork(), this.#scope.userId, err.code);
    this.#degraded = true;
    await reportHealth(this.#scope.userId, { degradedSince, error: err.code });
  }
}

const NOTHING = { others: [], stars: new Map<string, number>() };
