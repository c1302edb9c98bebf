import { cancellationSignal } from '@temporalio/activity';
import type { CrawlInput, CrawlReport, CrawlStart, CrawlState } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';
import { finishCrawl, insertCrawl, setCrawlState, type CrawlEnd } from '../../db/repositories/crawls.ts';
import { addDuePages, addKnownPages, addPages, type NewPage } from '../../db/repositories/frontier.ts';
import { countWaitingHubs } from '../../db/repositories/hubs.ts';
import { pruneRawPages } from '../../db/repositories/raw-pages.ts';
import { findSource } from '../../db/repositories/sources.ts';
import type { Source } from '../../db/entities/source.ts';
import { dueAheadHours } from '../../domain/catalog/refresh.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { BatchDeps } from './crawl-batch.ts';
import { DEFAULT_RAW_PAGES } from './raw-body.ts';
import { hostRules, isUnreachable } from './host-rules.ts';
import { mayNeedBrowser, startsRendered } from './rendering.ts';
import { runBatch, type BatchResult } from './run-batch.ts';

/** Activities of one crawl; all state is in Postgres, so any worker can go on with any of them. */
export function createCrawlActivities(deps: BatchDeps) {
  const fork = () => deps.orm.em.fork();

  async function source(sourceId: string): Promise<Source> {
    const found = await findSource(fork(), sourceId);
    if (found === null) throw new DomainError('source-not-found', `there is no source ${sourceId}`);
    return found;
  }

  return {
    /**
     * Seeds the frontier, and says how its pages are to be opened; safe to repeat.
     * @throws DomainError source-not-found; retryable while robots.txt is unreachable
     */
    async openCrawl(input: CrawlInput): Promise<CrawlStart> {
      const found = await source(input.sourceId);
      const { config } = found;
      await insertCrawl(fork(), input);
      if (input.onlyDue === true) await addDuePages(fork(), input, dueAheadHours(config.schedule.deepEveryHours ?? 0));
      else if (input.mode === 'deep') await addKnownPages(fork(), input, ['product']);
      else await seedDiscovery(deps, input, config);
      return { rendered: await startsRendered(deps, found, input.crawlId) };
    },

    /** Fetches and stores pages for up to 20 s. At-least-once per page: a killed run repeats what was in flight. */
    async crawlBatch(input: CrawlInput): Promise<BatchResult> {
      const found = await source(input.sourceId);
      const result = await runBatch(deps, input, found.config);
      return { ...result, lacking: result.finished && (await mayNeedBrowser(deps, found, input)) };
    },

    /** After discovery: known products that it did not meet are opened too, so that gone ones are noticed. */
    async addUnseenProducts(input: CrawlInput): Promise<number> {
      const isPartial = input.mode === 'discovery' || input.onlyDue === true;
      return isPartial ? 0 : await addKnownPages(fork(), input, ['product']);
    },

    async markCrawl({ crawlId, state }: { readonly crawlId: string; readonly state: CrawlState }): Promise<void> {
      await setCrawlState(fork(), crawlId, state);
    },

    /** Closes the crawl and keeps the source's record of success or failure; safe to repeat. */
    async closeCrawl(end: CrawlEnd): Promise<CrawlReport> {
      const counts = await finishCrawl(fork(), end);
      const { rawPages = DEFAULT_RAW_PAGES } = deps;
      await pruneRawPages(fork(), end.sourceId, rawPages ?? { keepDays: 0, maxBytes: 0 });
      const hubs = end.state === 'completed' ? await countWaitingHubs(fork(), end.sourceId) : 0;
      return { ...counts, crawlId: end.crawlId, state: end.state, error: end.error, hubs };
    },
  };
}
export type CrawlActivities = ReturnType<typeof createCrawlActivities>;

async function seedDiscovery(deps: BatchDeps, input: CrawlInput, config: SourceConfig): Promise<void> {
  const em = deps.orm.em.fork();
  const seeds = deps.shops.seeds(config);
  const pages: NewPage[] = seeds.pages.map((page) => ({ ...page, depth: 0, barren: 0 }));
  for (const origin of new Set(pages.map(({ url }) => new URL(url).origin))) {
    const rules = await hostRules(em, deps.robots, { origin, signal: cancellationSignal() });
    if (isUnreachable(rules.status)) {
      throw new Error(`${origin}/robots.txt: ${rules.status === 0 ? 'no answer' : `status ${rules.status}`}`);
    }
    if (!seeds.sitemaps) continue;
    pages.push(...rules.sitemaps.map((url) => ({ url, kind: 'sitemap' as const, depth: 0, barren: 0 })));
  }
  await addPages(em, input, pages);
  await addKnownPages(em, input, ['sitemap', 'listing', 'api']);
}
