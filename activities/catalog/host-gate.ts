import { blockHost, reserveSlots, unblockHost } from '../../db/repositories/hosts.ts';
import type { ClaimedPage } from '../../db/repositories/frontier.ts';
import type { RobotsRules } from '../ports.ts';
import type { BatchDeps, BatchRun } from './crawl-batch.ts';
import { hostRules } from './host-rules.ts';

/** A host that asks to wait this often in a row, with no page between, ends the crawl. */
const MAX_BLOCKS = 6;
const FIRST_BLOCK_MS = 30_000;
const LONGEST_BLOCK_MS = 3_600_000;

interface Admission {
  /** With each page's turn, on `performance.now()`'s clock. */
  readonly tickets: readonly { readonly page: ClaimedPage; readonly at: number }[];
  /** robots.txt says no. */
  readonly refused: readonly ClaimedPage[];
}

/** Politeness towards the hosts of one batch: robots.txt, turns, and waiting when asked to. */
export class HostGate {
  readonly #deps: BatchDeps;
  readonly #run: BatchRun;
  readonly #rules = new Map<string, Promise<RobotsRules & { status: number }>>();
  readonly #blocked = new Set<string>();
  /** 0 = no host asked to wait. */
  waitMs = 0;
  gaveUp: string | null = null;

  constructor(deps: BatchDeps, run: BatchRun) {
    this.#deps = deps;
    this.#run = run;
  }

  async admit(pages: readonly ClaimedPage[]): Promise<Admission> {
    const tickets: { page: ClaimedPage; at: number }[] = [];
    const refused: ClaimedPage[] = [];
    for (const [origin, group] of Map.groupBy(pages, ({ url }) => new URL(url).origin)) {
      const rules = await this.#rulesOf(origin);
      if (rules.status === 0 || rules.status >= 500) {
        await this.hold(new URL(origin).host, { reason: `robots.txt: ${answer(rules.status)}`, retryAfterMs: null });
        continue;
      }
      refused.push(...group.filter(({ url }) => !rules.allows(url)));
      tickets.push(
        ...(await this.#turns(
          origin,
          rules.crawlDelayMs,
          group.filter(({ url }) => rules.allows(url)),
        )),
      );
    }
    return { tickets, refused };
  }

  async #turns(
    origin: string,
    crawlDelayMs: number | null,
    pages: readonly ClaimedPage[],
  ): Promise<Admission['tickets']> {
    if (pages.length === 0) return [];
    const delayMs = Math.max(this.#run.config.limits.delayMs, crawlDelayMs ?? 0);
    const { host } = new URL(origin);
    const slots = await reserveSlots(this.#deps.orm.em.fork(), { host, delayMs, count: pages.length });
    if (slots.blockedForMs > 0) {
      this.waitMs = Math.max(this.waitMs, slots.blockedForMs);
      return [];
    }
    const first = performance.now() + slots.firstInMs;
    return pages.map((page, turn) => ({ page, at: first + turn * delayMs }));
  }

  async #rulesOf(origin: string): Promise<RobotsRules & { status: number }> {
    const known = this.#rules.get(origin);
    if (known !== undefined) return await known;
    const rules = hostRules(this.#deps.orm.em.fork(), this.#deps.robots, { origin, signal: this.#run.signal });
    this.#rules.set(origin, rules);
    return await rules;
  }

  /** The host asked to wait, or blocks us: nobody asks it before. */
  async hold(host: string, { reason, retryAfterMs }: { reason: string; retryAfterMs: number | null }): Promise<void> {
    if (this.#blocked.has(host)) return; // the requests that were in flight beside the first one
    this.#blocked.add(host);
    const em = this.#deps.orm.em.fork();
    const forMs = Math.min(retryAfterMs ?? FIRST_BLOCK_MS, LONGEST_BLOCK_MS);
    const blocks = await blockHost(em, { host, forMs, reason });
    const longer = retryAfterMs === null ? Math.min(FIRST_BLOCK_MS * 2 ** (blocks - 1), LONGEST_BLOCK_MS) : forMs;
    this.waitMs = Math.max(this.waitMs, longer);
    if (blocks >= MAX_BLOCKS) this.gaveUp = `${host} asked to wait ${blocks} times in a row: ${reason}`;
  }

  /** The host answered a page. */
  async pass(host: string): Promise<void> {
    if (this.#passed.has(host)) return;
    this.#passed.add(host);
    await unblockHost(this.#deps.orm.em.fork(), host);
  }
  readonly #passed = new Set<string>();
}

const answer = (status: number): string => (status === 0 ? 'no answer' : `status ${status}`);
