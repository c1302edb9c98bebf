import type { SqlEntityManager } from '@mikro-orm/sql';
import type { CrawlLimits } from '../../contracts/source-config.ts';
import { endLeases } from '../../db/repositories/host-leases.ts';
import { blockHost, unblockHost } from '../../db/repositories/hosts.ts';
import type { RobotsReader, RobotsRules } from '../ports.ts';
import { HostLease, LEASE_MS } from './host-lease.ts';
import { hostRules, isUnreachable } from './host-rules.ts';

export interface GateDeps {
  readonly em: () => SqlEntityManager;
  readonly robots: RobotsReader;
}
export interface GateRun {
  readonly crawlId: string;
  /** Unique to this attempt. */
  readonly token: string;
  readonly limits: Pick<CrawlLimits, 'concurrency' | 'delayMs'>;
  /** On `performance.now()`'s clock: no request leaves after it. */
  readonly endsAt: number;
  readonly signal: AbortSignal;
}

/** A host that asks to wait this often in a row, with no page between, ends the crawl. */
const MAX_BLOCKS = 6;
/** Between two renewals of a share. */
const BEAT_MS = 1_000;

interface Admission<Page> {
  readonly admitted: readonly Page[];
  /** robots.txt says no. */
  readonly refused: readonly Page[];
}

/** Politeness of one batch towards its hosts: robots.txt, its share of them, turns, and waiting when asked to. */
export class HostGate {
  readonly #deps: GateDeps;
  readonly #run: GateRun;
  readonly #rules = new Map<string, Promise<RobotsRules & { status: number }>>();
  readonly #leases = new Map<string, Promise<HostLease>>();
  readonly #open: HostLease[] = [];
  readonly #held = new Set<string>();
  readonly #passed = new Set<string>();
  readonly #beat: NodeJS.Timeout;
  readonly #wake = (): void => {
    for (const lease of this.#open) lease.wake();
  };
  #stopped = false;
  /** 0 = no host asked to wait. */
  waitMs = 0;
  gaveUp: string | null = null;

  constructor(deps: GateDeps, run: GateRun) {
    this.#deps = deps;
    this.#run = run;
    this.#beat = setInterval(() => void this.#renewAll(), BEAT_MS);
    run.signal.addEventListener('abort', this.#wake);
  }

  /** Longest delay of the hosts met so far, ms. */
  get paceMs(): number {
    return Math.max(this.#run.limits.delayMs, ...this.#open.map(({ paceMs }) => paceMs));
  }

  /** Sorts pages by what robots.txt says; pages of a host that is blocked are in neither list. */
  async admit<Page extends { readonly url: string }>(pages: readonly Page[]): Promise<Admission<Page>> {
    const admitted: Page[] = [];
    const refused: Page[] = [];
    for (const [origin, group] of Map.groupBy(pages, ({ url }) => new URL(url).origin)) {
      const { host } = new URL(origin);
      const lease = await this.#leaseOf(host);
      if (this.waitMs > 0) break;
      const rules = await this.#rulesOf(origin);
      if (isUnreachable(rules.status)) {
        await this.hold(host, { reason: `robots.txt: ${answer(rules.status)}`, retryAfterMs: null });
        break;
      }
      if (rules.crawlDelayMs !== null) await this.#slowDown(lease, rules.crawlDelayMs);
      for (const page of group) (rules.allows(page.url) ? admitted : refused).push(page);
    }
    return { admitted, refused };
  }

  /** Runs `fn` in one of the host's slots, at its turn; null when the batch stops before. */
  async pass<T>(url: string, fn: () => Promise<T>): Promise<T | null> {
    const { endsAt, signal } = this.#run;
    const lease = await this.#leaseOf(new URL(url).host);
    if (!(await lease.enter(() => this.#stopping()))) return null;
    try {
      const waitMs = await lease.turn({ endsAt, signal });
      this.#wait(waitMs);
      return waitMs > 0 || this.#stopping() ? null : await fn();
    } finally {
      lease.leave();
    }
  }

  /** The host asked to wait, or blocks us: nobody asks it before. */
  async hold(host: string, { reason, retryAfterMs }: { reason: string; retryAfterMs: number | null }): Promise<void> {
    if (this.#held.has(host)) return; // the requests that were in flight beside the first one
    this.#held.add(host);
    const { blocks, waitMs } = await blockHost(this.#deps.em(), { host, reason, retryAfterMs });
    this.#wait(waitMs);
    if (blocks >= MAX_BLOCKS) this.gaveUp = `${host} asked to wait ${blocks} times in a row: ${reason}`;
  }

  /** The host answered a page. */
  async answered(host: string): Promise<void> {
    if (this.#passed.has(host)) return;
    this.#passed.add(host);
    await unblockHost(this.#deps.em(), host);
  }

  /** Nothing may leave any more. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** Gives the shares back; `comesBack` keeps the crawl's place among those that wait for a host. */
  async close(comesBack: boolean): Promise<void> {
    this.stop();
    clearInterval(this.#beat);
    this.#run.signal.removeEventListener('abort', this.#wake);
    await Promise.allSettled(this.#leases.values());
    await endLeases(this.#deps.em(), { token: this.#run.token, placeMs: comesBack ? LEASE_MS : 0 });
  }

  #stopping(): boolean {
    return this.#stopped || this.waitMs > 0 || this.#run.signal.aborted || performance.now() > this.#run.endsAt;
  }

  #wait(ms: number): void {
    if (ms === 0) return;
    this.waitMs = Math.max(this.waitMs, ms);
    this.#wake();
  }

  async #leaseOf(host: string): Promise<HostLease> {
    const known = this.#leases.get(host) ?? this.#takeLease(host);
    this.#leases.set(host, known);
    return await known;
  }

  async #takeLease(host: string): Promise<HostLease> {
    const { crawlId, token, limits } = this.#run;
    const cap = limits.concurrency;
    const lease = new HostLease({ em: this.#deps.em, host, token, crawlId, cap, delayMs: limits.delayMs });
    this.#wait(await lease.renew());
    this.#open.push(lease);
    return lease;
  }

  async #slowDown(lease: HostLease, crawlDelayMs: number): Promise<void> {
    if (lease.paceMs < crawlDelayMs) this.#wait(await lease.renew(crawlDelayMs));
  }

  /** A renewal that fails is made good by the next; until then nothing leaves on a share that has run out. */
  async #renewAll(): Promise<void> {
    const renewals = await Promise.allSettled(this.#open.map((lease) => lease.renew()));
    for (const renewal of renewals) if (renewal.status === 'fulfilled') this.#wait(renewal.value);
    this.#wake();
  }

  async #rulesOf(origin: string): Promise<RobotsRules & { status: number }> {
    const known =
      this.#rules.get(origin) ?? hostRules(this.#deps.em(), this.#deps.robots, { origin, signal: this.#run.signal });
    this.#rules.set(origin, known);
    return await known;
  }
}

const answer = (status: number): string => (status === 0 ? 'no answer' : `status ${status}`);
