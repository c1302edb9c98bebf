import { randomUUID } from 'node:crypto';
import { createCrawlActivities } from '../../activities/catalog/crawls.ts';
import { createSourceActivities } from '../../activities/catalog/sources.ts';
import type { Visit, VisitRequest } from '../../activities/ports.ts';
import { startCrawl } from '../../client/crawls.ts';
import { crawlWorkflowId, type CrawlMode, type CrawlReport } from '../../contracts/catalog.ts';
import type { EventKind } from '../../contracts/events.ts';
import { putSource } from '../../db/repositories/sources.ts';
import type { crawlSource } from '../../workflows/index.ts';
import { startDatabase } from './database.ts';
import { link, listing, scriptedShop, sourceConfig } from './scripted-shop.ts';
import { startTemporal, withWorkers } from './temporal.ts';

export type Answer = (path: string, request: VisitRequest) => Visit | Promise<Visit>;
export type CrawlStage = Awaited<ReturnType<typeof startCrawlStage>>;

/** A database and a Temporal server on which whole crawls of scripted shops run. */
export async function startCrawlStage() {
  const [database, env] = await Promise.all([startDatabase(), startTemporal()]);
  const em = () => database.orm.em.fork();
  const rows = async (sql: string) => await em().execute<Record<string, unknown>[]>(sql);
  return {
    env,
    em,
    rows,
    orm: database.orm,
    async stop(): Promise<void> {
      await Promise.all([database.stop(), env.teardown()]);
    },
    /** Events of one kind in their order: the payload, and whether a page was kept. */
    async events(kind: EventKind): Promise<Record<string, unknown>[]> {
      const found = await em().execute<{ payload: object; sample: boolean }[]>(
        'select payload, sample is not null as sample from event where kind = ? order by id',
        [kind],
      );
      return found.map(({ payload, sample }) => ({ ...payload, sample }));
    },
    /** The price history of one product, minor units. */
    async prices(path = '/p/1'): Promise<unknown[]> {
      const changes = await em().execute<{ price: number | null }[]>(
        `select change.price_minor::int as price from price_change as change
         join product on product.id = product_id where url = ? order by change.id`,
        [`http://shop.test${path}`],
      );
      return changes.map(({ price }) => price);
    },
    /** The only source. */
    async addSource(): Promise<string> {
      const sourceId = randomUUID();
      await rows('delete from source');
      await putSource(em(), { sourceId, name: sourceId, config: sourceConfig(), state: 'active' });
      return sourceId;
    },
    async crawl(sourceId: string, mode: CrawlMode = 'full'): Promise<CrawlReport> {
      await startCrawl(env.client, { sourceId, crawlId: randomUUID(), mode });
      return await env.client.workflow.getHandle<typeof crawlSource>(crawlWorkflowId(sourceId)).result();
    },
    /** Runs `fn` beside workers that see this shop; a doubted page may be asked again after 30 ms. */
    async withShop(answer: Answer, fn: (visited: string[]) => Promise<void>): Promise<void> {
      const { visited, ...ports } = scriptedShop(answer);
      const deps = { orm: database.orm, ...ports, confirmAfterMs: 30 };
      const schedules = { sync: () => Promise.resolve(), remove: () => Promise.resolve() };
      const activities = {
        ...createSourceActivities({ ...deps, schedules }),
        ...createCrawlActivities(deps),
        requestIndexing: () => Promise.resolve(),
      };
      await withWorkers(env, activities, async () => await fn(visited));
    },
  };
}

/** A shop of `count` products behind one page, `/p/1` and so on, each as `page` says. */
export const shopOf =
  (count: number, page: (n: number, request: VisitRequest) => Visit | Promise<Visit>) =>
  (path: string, request: VisitRequest): Visit | Promise<Visit> => {
    const n = Number(/^\/p\/(\d+)$/.exec(path)?.[1] ?? '0');
    if (n > 0) return page(n, request);
    return listing(...Array.from({ length: count }, (_, at) => link(`/p/${at + 1}`, 'product')));
  };
