import { z } from 'zod';
import type { CrawlInput } from '../../contracts/catalog.ts';
import { insertCrawl } from '../../db/repositories/crawls.ts';
import { listCrawlPages, listCrawls, readCrawl, type CrawlRow } from '../../db/repositories/crawls-read.ts';
import { readSource } from '../../db/repositories/sources-read.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { crawlEvents } from '../crawl-events.ts';
import type { ApiDeps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { CrawlModeIn, CrawlOut, CrawlPageOut } from '../schemas/crawl.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';

const tag = 'Crawls';

/** Starting, steering and watching crawls. */
export const crawlRoutes = (deps: ApiDeps, metrics: Metrics): Route[] => [
  startCrawlRoute(deps),
  listCrawlsRoute(deps),
  getCrawlRoute(deps),
  steerRoute(deps, 'pause', 'Hold a crawl before its next page'),
  steerRoute(deps, 'resume', 'Let a paused crawl go on where it was'),
  steerRoute(deps, 'cancel', 'End a crawl; what it found stays'),
  listCrawlPagesRoute(deps),
  watchCrawlRoute(deps, metrics),
];

const startCrawlRoute = (deps: ApiDeps): Route =>
  route({
    method: 'post',
    path: '/api/sources/:id/crawls',
    operationId: 'startCrawl',
    tag,
    summary: 'Start a crawl of a source',
    status: 202,
    params: IdParams,
    body: z
      .strictObject({ mode: CrawlModeIn.default('full') })
      .meta({ title: 'CrawlInput', examples: [{ mode: 'full' }] }),
    output: CrawlOut.extend({ crawlId: Id.describe('the same as `id`') }),
    problems: ['crawl-running', 'temporal-unavailable'],
    async handle({ params: { id }, body: { mode } }, { newId, keyed }) {
      if ((await readSource(deps.em(), id)) === null) throw new Problem('not-found', 'there is no source with this id');
      const started = keyed && (await readCrawl(deps.em(), newId)) !== null;
      if (!started) await start(deps, { sourceId: id, crawlId: newId, mode });
      const crawl = await crawlOr404(deps, newId);
      return { body: { ...crawl, crawlId: newId }, location: `/api/crawls/${newId}` };
    },
  });

const listCrawlsRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/sources/:id/crawls',
    operationId: 'listCrawls',
    tag,
    summary: 'Crawls of a source, newest first',
    status: 200,
    params: IdParams,
    query: z.strictObject(paging(100, 20)),
    output: listOf(CrawlOut),
    problems: ['invalid-cursor'],
    async handle({ params: { id }, query: { limit, cursor } }) {
      if ((await readSource(deps.em(), id)) === null) throw new Problem('not-found', 'there is no source with this id');
      const rows = await listCrawls(deps.em(), { sourceId: id, limit: limit + 1, after: fromCursor(cursor, Id) });
      return { body: pageOf(rows, limit, (crawl) => crawl.id) };
    },
  });

const getCrawlRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/crawls/:id',
    operationId: 'getCrawl',
    tag,
    summary: 'One crawl with its counters',
    status: 200,
    params: IdParams,
    output: CrawlOut,
    async handle({ params: { id } }) {
      return { body: await crawlOr404(deps, id) };
    },
  });

const listCrawlPagesRoute = (deps: ApiDeps): Route =>
  route({
    method: 'get',
    path: '/api/crawls/:id/pages',
    operationId: 'listCrawlPages',
    tag,
    summary: 'Pages that a crawl gave up on or left out, with the reason',
    status: 200,
    params: IdParams,
    query: z.strictObject({ state: z.enum(['failed', 'skipped']).default('failed'), ...paging(100, 20) }),
    output: listOf(CrawlPageOut),
    problems: ['invalid-cursor'],
    async handle({ params: { id }, query: { state, limit, cursor } }) {
      await crawlOr404(deps, id);
      const after = fromCursor(cursor, z.int());
      const rows = await listCrawlPages(deps.em(), { crawlId: id, state, limit: limit + 1, after });
      const page = pageOf(rows, limit, (row) => row.id);
      return { body: { ...page, items: page.items.map((row) => ({ ...row, state })) } };
    },
  });

const watchCrawlRoute = (deps: ApiDeps, metrics: Metrics): Route =>
  route({
    method: 'get',
    path: '/api/crawls/:id/events',
    operationId: 'watchCrawl',
    tag,
    summary:
      'Progress of a crawl as it happens: `progress` events with the crawl as data, then `end`; after that a reconnect gets 204',
    status: 200,
    contentType: 'text/event-stream',
    params: IdParams,
    output: CrawlOut,
    async handle({ params: { id } }, { lastEventId, log }) {
      const first = await crawlOr404(deps, id);
      return { stream: metrics.counted(crawlEvents({ first, lastEventId, log, deps })) };
    },
  });

/**
 * Starts the crawl and notes it at once, so that its address answers before a worker has taken it.
 * «One is running» is no refusal when it is the very crawl that an unanswered request with the same key has started.
 */
async function start(deps: ApiDeps, input: CrawlInput): Promise<void> {
  try {
    await deps.temporal.startCrawl(input);
  } catch (err) {
    if (!(err instanceof DomainError) || err.code !== 'crawl-running') throw err;
    if ((await deps.temporal.runningCrawlId(input.sourceId)) !== input.crawlId) throw err;
  }
  await insertCrawl(deps.em(), input);
}

const steerRoute = (deps: ApiDeps, action: 'pause' | 'resume' | 'cancel', summary: string): Route =>
  route({
    method: 'post',
    path: `/api/crawls/:id/${action}`,
    operationId: `${action}Crawl`,
    tag,
    summary,
    status: 202,
    params: IdParams,
    output: CrawlOut,
    problems: ['crawl-finished', 'temporal-unavailable'],
    async handle({ params: { id } }) {
      const crawl = await crawlOr404(deps, id);
      if (crawl.finishedAt !== null) throw new Problem('crawl-finished', `this crawl has ended: ${crawl.state}`);
      await deps.temporal[`${action}Crawl`](crawl.sourceId);
      return { body: await crawlOr404(deps, id) };
    },
  });

async function crawlOr404({ em }: ApiDeps, id: string): Promise<CrawlRow> {
  const crawl = await readCrawl(em(), id);
  if (crawl === null) throw new Problem('not-found', 'there is no crawl with this id');
  return crawl;
}
