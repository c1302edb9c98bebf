import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { CrawlInput } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { claimPages, firstReadyInMs, releasePages, type ClaimedPage } from '../../db/repositories/frontier.ts';
import { keepHubs, type FoundHub } from '../../db/repositories/hubs.ts';
import type { RawPageLimits } from '../../db/repositories/raw-pages.ts';
import { recordVisits, type PageVisit } from '../../db/repositories/visits.ts';
import type { RobotsReader, ShopReader, Visit } from '../ports.ts';
import { HostGate } from './host-gate.ts';
import { toPageVisit } from './page-visit.ts';
import { DEFAULT_RAW_PAGES, packBody } from './raw-body.ts';

export interface BatchDeps {
  readonly orm: MikroORM;
  readonly shops: ShopReader;
  readonly robots: RobotsReader;
  /** Least time before a page whose answer is doubted is asked again, ms, below 20 s; default 5 s. */
  readonly confirmAfterMs?: number;
  /** How long answers are kept for a replay; null = they are not; default a week. */
  readonly rawPages?: RawPageLimits | null;
}
export interface BatchRun {
  readonly crawl: CrawlInput;
  readonly config: SourceConfig;
  /** Unique to this attempt; fences an attempt that was thought dead. */
  readonly token: string;
  /** Pages still allowed in this crawl. */
  readonly allowance: number;
  readonly signal: AbortSignal;
}
export interface BatchEnd {
  /** A host asked to wait: no batch before, ms. */
  readonly waitMs: number;
  /** Why a host asked to wait so often that the crawl should end; null = go on. */
  readonly blocked: string | null;
}

/** One run: long enough to make Temporal's share small, short enough to lose little and to answer a pause. */
const RUN_MS = 20_000;
/** Answers that may wait for the database before fetching does. */
const MAX_UNWRITTEN = 50;
const CLAIM_AHEAD_MS = 2_000;
const MAX_CLAIM = 50;
/** A page that a worker died on this often, the last times alone, is what kills it. */
const MAX_CRASHES = 6;
const POISONED = { outcome: 'failed', reason: 'workers died while they had it' } as const;
/** Time for a mistake in a shop's caches to pass; all other pages of the crawl come before, too. */
const CONFIRM_AFTER_MS = 5_000;

/** Fetches a crawl's pages until the time is up, nothing is left, a host asks to wait, or it is told to stop. */
export class CrawlBatch {
  readonly #deps: BatchDeps;
  readonly #run: BatchRun;
  readonly #gate: HostGate;
  readonly #endsAt = performance.now() + RUN_MS;
  #queue: ClaimedPage[] = [];
  #visits: PageVisit[] = [];
  #hubs: FoundHub[] = [];
  readonly #knownHubs = new Set<string>();
  #claimed = 0;
  #claiming: Promise<void> | null = null;
  #writing: Promise<void> | null = null;
  #failure: Error | null = null;
  #empty = false;

  constructor(deps: BatchDeps, run: BatchRun) {
    this.#deps = deps;
    this.#run = run;
    const { token, signal, config, crawl } = run;
    const em = () => deps.orm.em.fork();
    const gateRun = { crawlId: crawl.crawlId, token, signal, limits: config.limits, endsAt: this.#endsAt };
    this.#gate = new HostGate({ em, robots: deps.robots }, gateRun);
  }

  async run(): Promise<BatchEnd> {
    try {
      await this.#fetchAll();
    } finally {
      await this.#finish();
    }
    if (this.#failure !== null) throw this.#failure;
    return { waitMs: this.#gate.waitMs, blocked: this.#gate.gaveUp };
  }

  async #fetchAll(): Promise<void> {
    do {
      this.#empty = false;
      const before = this.#claimed;
      await Promise.all(Array.from({ length: this.#run.config.limits.concurrency }, () => this.#work()));
      await this.#write();
      // What was just written may have brought new links.
      if (this.#claimed === before && !(await this.#untilReady())) break;
    } while (!this.#stopping());
  }

  async #finish(): Promise<void> {
    try {
      await this.#write();
      await releasePages(this.#deps.orm.em.fork(), this.#run.token);
    } finally {
      await this.#gate.close(!this.#empty);
    }
  }

  async #work(): Promise<void> {
    try {
      for (let page = await this.#next(); page !== null; page = await this.#next()) {
        const visit = await this.#visit(page);
        if (visit === null) return;
        this.#visits.push(visit);
        const writing = this.#write();
        if (this.#visits.length >= MAX_UNWRITTEN) await writing;
      }
    } catch (err) {
      this.#fail(err);
    }
  }

  /** Ends the batch when all requests in flight have: the share of the host is not given back before. */
  #fail(err: unknown): void {
    this.#failure ??= err instanceof Error ? err : new Error(String(err));
    this.#gate.stop();
  }

  /** Waits for pages that are to be asked a second time; false when there are none. */
  async #untilReady(): Promise<boolean> {
    const { crawl, allowance, signal } = this.#run;
    if (this.#claimed >= allowance || this.#stopping()) return false;
    const ms = await firstReadyInMs(this.#deps.orm.em.fork(), crawl.crawlId);
    if (ms === null) return false;
    await sleep(Math.ceil(ms), undefined, { signal }).catch(() => undefined); // told to stop: seen by the loop
    return true;
  }

  async #withBody(visit: PageVisit, answer: Visit): Promise<PageVisit> {
    const body = answer.outcome === 'fetched' ? answer.body : null;
    const isOn = (this.#deps.rawPages === undefined ? DEFAULT_RAW_PAGES : this.#deps.rawPages) !== null;
    return body === null || !isOn ? visit : { ...visit, raw: await packBody(body, visit.bodyHash ?? '') };
  }

  #stopping(): boolean {
    return (
      this.#failure !== null || this.#run.signal.aborted || this.#gate.waitMs > 0 || performance.now() > this.#endsAt
    );
  }

  async #next(): Promise<ClaimedPage | null> {
    while (this.#queue.length === 0 && !this.#empty && !this.#stopping()) {
      this.#claiming ??= this.#claim().finally(() => (this.#claiming = null));
      await this.#claiming;
    }
    return this.#stopping() ? null : (this.#queue.shift() ?? null);
  }

  async #claim(): Promise<void> {
    const { crawl, token, config, allowance } = this.#run;
    const { paceMs } = this.#gate;
    const ahead = paceMs > 0 ? Math.ceil(CLAIM_AHEAD_MS / paceMs) : MAX_CLAIM;
    const limit = Math.min(MAX_CLAIM, ahead, allowance - this.#claimed);
    const pages = limit > 0 ? await claimPages(this.#deps.orm.em.fork(), { crawlId: crawl.crawlId, token, limit }) : [];
    this.#empty = pages.length === 0;
    this.#claimed += pages.length;
    const isPoisoned = ({ crashes }: ClaimedPage) => crashes > MAX_CRASHES;
    for (const page of pages.filter(isPoisoned)) {
      this.#visits.push({ ...toPageVisit(page, POISONED, config), outcome: 'failed' });
    }
    const { admitted, refused } = await this.#gate.admit(pages.filter((page) => !isPoisoned(page)));
    this.#visits.push(
      ...refused.map((page) => toPageVisit(page, { outcome: 'skipped', reason: 'robots.txt' }, config)),
    );
    this.#queue.push(...admitted);
  }

  /** null when the page stays claimed, to be released: the host asked to wait, or the batch was told to stop. */
  async #visit(page: ClaimedPage): Promise<PageVisit | null> {
    const { config, signal } = this.#run;
    const { host } = new URL(page.url);
    try {
      const visit = await this.#gate.pass(page.url, () => this.#deps.shops.visit({ ...page, config, signal }));
      if (visit === null) return null;
      if (visit.outcome === 'wait') {
        await this.#gate.hold(host, visit);
        return null;
      }
      if (visit.outcome !== 'failed') await this.#gate.answered(host);
      this.#noteHubs(page, visit);
      return await this.#withBody(toPageVisit(page, visit, config), visit);
    } catch (err) {
      if (signal.aborted) return null;
      throw err;
    }
  }

  #noteHubs(page: ClaimedPage, visit: Visit): void {
    const hubs = visit.outcome === 'fetched' ? (visit.hubs ?? []) : [];
    for (const url of hubs.filter((hub) => !this.#knownHubs.has(hub))) {
      this.#knownHubs.add(url);
      this.#hubs.push({ url, foundOn: page.url });
    }
  }

  /**
   * Group commit: while one write runs, answers gather for the next, so that little waits when writing is fast and
   * writes are large when it is not. A failed write fails the batch; its pages are claimed again.
   */
  async #write(): Promise<void> {
    this.#writing ??= this.#drain()
      .catch((err: unknown) => {
        this.#fail(err);
      })
      .finally(() => (this.#writing = null));
    await this.#writing;
  }

  async #drain(): Promise<void> {
    const { crawl, token } = this.#run;
    const { confirmAfterMs = CONFIRM_AFTER_MS } = this.#deps;
    while (this.#visits.length > 0) {
      const visits = this.#visits;
      this.#visits = [];
      const hubs = this.#hubs;
      this.#hubs = [];
      // Before their pages: once those are stored, they may never answer with a body again.
      await keepHubs(this.#deps.orm.em.fork(), crawl.sourceId, hubs);
      await recordVisits(this.#deps.orm.em.fork(), { ...crawl, token, confirmAfterMs }, visits);
    }
  }
}
