import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { renewLease } from '../../db/repositories/host-leases.ts';
import { reserveTurns } from '../../db/repositories/hosts.ts';

/** A share that is not renewed comes back after that; as long as a dead worker stays unnoticed. */
export const LEASE_MS = 5_000;
/** A turn that was missed by more belongs to somebody else. */
const MISSED_MS = 20;
/** Turns are reserved for about that long, so that short delays do not cost a query each. */
const RESERVE_MS = 250;

export interface LeaseInput {
  readonly em: () => SqlEntityManager;
  readonly host: string;
  readonly token: string;
  readonly crawlId: string;
  readonly cap: number;
  readonly delayMs: number;
}

/** One batch's share of one host: how many requests it may have in flight, and when the next one may leave. */
export class HostLease {
  readonly #input: LeaseInput;
  #delayMs: number;
  #granted = 0;
  #inFlight = 0;
  /** On `performance.now()`'s clock. */
  #validUntil = 0;
  #paceMs = 0;
  #waiting: (() => void)[] = [];
  #turns: number[] = [];
  #reserving: Promise<number> | null = null;
  #leftAt = -Infinity;

  constructor(input: LeaseInput) {
    this.#input = input;
    this.#delayMs = input.delayMs;
  }

  /** Between two requests to the host, ms; may rise with every renewal. */
  get paceMs(): number {
    return this.#paceMs;
  }

  /** Asks for the share that is due, and says for how long the host is blocked, ms. */
  async renew(delayMs = this.#delayMs): Promise<number> {
    this.#delayMs = Math.max(this.#delayMs, Math.ceil(delayMs));
    const { em, host, token, crawlId, cap } = this.#input;
    const askedAt = performance.now();
    // Until the answer is here, all that was granted may be used.
    const slots = askedAt < this.#validUntil ? Math.max(this.#granted, this.#inFlight) : this.#inFlight;
    const claim = { host, token, crawlId, cap, slots, delayMs: this.#delayMs, paceMs: this.#paceMs, leaseMs: LEASE_MS };
    const lease = await renewLease(em(), claim);
    this.#granted = lease.slots;
    this.#validUntil = askedAt + LEASE_MS;
    if (lease.delayMs > this.#paceMs) this.#turns = [];
    this.#paceMs = lease.delayMs;
    this.wake();
    return lease.blockedForMs;
  }

  /** Lets those who wait look again whether they may go on. */
  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Waits for a free slot; false when `stopping` says so first. */
  async enter(stopping: () => boolean): Promise<boolean> {
    while (!stopping()) {
      if (this.#inFlight < this.#granted && performance.now() < this.#validUntil) {
        this.#inFlight += 1;
        return true;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return false;
  }

  leave(): void {
    this.#inFlight -= 1;
    this.wake();
  }

  /** Waits for the host's turn, for whoever has a slot; returns how long until the next one if that is past `endsAt`, else 0. */
  async turn({ endsAt, signal }: { readonly endsAt: number; readonly signal: AbortSignal }): Promise<number> {
    for (;;) {
      const paceMs = this.#paceMs;
      if (paceMs === 0) return 0;
      const at = this.#turns.shift();
      if (at === undefined) {
        const waitMs = await (this.#reserving ??= this.#reserve(endsAt).finally(() => (this.#reserving = null)));
        if (waitMs > 0) return waitMs;
      } else if (at > performance.now() - MISSED_MS && (await this.#waitFor(at, { paceMs, signal }))) {
        return 0;
      }
    }
  }

  /** False when the delay has risen while it waited: the turn was reserved under the old one. */
  async #waitFor(at: number, { paceMs, signal }: { paceMs: number; signal: AbortSignal }): Promise<boolean> {
    // A timer may be late, and the turn after it must not come early because of that.
    const early = () => Math.max(at, this.#leftAt + paceMs) - performance.now();
    for (let ms = early(); ms > 0; ms = early()) await sleep(ms, undefined, { signal });
    if (this.#paceMs > paceMs) return false;
    this.#leftAt = performance.now();
    return true;
  }

  async #reserve(endsAt: number): Promise<number> {
    const delayMs = this.#paceMs;
    const count = Math.max(1, Math.min(50, Math.floor(RESERVE_MS / delayMs)));
    const askedAt = performance.now();
    const withinMs = Math.max(0, endsAt - askedAt);
    const { em, host } = this.#input;
    const { firstInMs, reserved } = await reserveTurns(em(), { host, delayMs, count, withinMs });
    if (!reserved) return Math.max(1, firstInMs);
    if (this.#paceMs > delayMs) return 0;
    // Counted from when the answer came, a turn is late rather than early.
    const first = performance.now() + firstInMs;
    this.#turns.push(...Array.from({ length: count }, (_, turn) => first + turn * delayMs));
    return 0;
  }
}
