import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { connectTemporal } from '../../client/connect.ts';
import { startCrawl } from '../../client/crawls.ts';
import { registerSearchAttributes } from '../../client/search-attributes.ts';
import { executeRemoveSource, executeSaveSource } from '../../client/sources.ts';
import { crawlWorkflowId } from '../../contracts/catalog.ts';
import { indexCatalogWorkflowId } from '../../contracts/recommend.ts';
import { loadConfig } from '../../config/env.ts';
import { createOrm } from '../../db/orm.ts';
import { startStack, type Stack } from '../../tests/support/processes.ts';
import { sourceConfig } from '../../tests/support/scripted-shop.ts';
import type { Site } from './site.ts';

/** One measured run. */
export interface Run {
  readonly tool: string;
  readonly pages: number;
  readonly products: number;
  /** From the crawl's start to its end, s. */
  readonly wallS: number;
  /** Of the crawling process, s. */
  readonly cpuS: number;
  /** Highest resident memory of the crawling process, MB. */
  readonly rssMb: number;
}

const NAMESPACE = 'default';
const TICKS_PER_SECOND = 100;
/** A worker that uses no more in such a time does nothing but wait. */
const QUIET_MS = 500;
const QUIET_S = 0.03;
const Row = z.object({
  state: z.string(),
  pages: z.number(),
  products: z.number(),
  seconds: z.coerce.number().nullable(),
});

/** The whole durable path: Temporal, Postgres, one worker process, as `npm start` runs them. */
export class OurCrawler {
  readonly #stack: Stack;
  readonly #orm: MikroORM;
  readonly #client: Client;
  readonly #site: Site;

  private constructor(stack: Stack, orm: MikroORM, rest: { readonly client: Client; readonly site: Site }) {
    this.#stack = stack;
    this.#orm = orm;
    this.#client = rest.client;
    this.#site = rest.site;
  }

  static async start(site: Site): Promise<OurCrawler> {
    const stack = await startStack({ workers: 1, fetchAllow: site.host });
    const orm = createOrm({ databaseUrl: stack.databaseUrl });
    await orm.migrator.up();
    const { temporalAddress: address } = stack;
    const client = await connectTemporal({ address, namespace: NAMESPACE, keys: loadConfig().GIFTY_KEYS });
    await registerSearchAttributes(client.connection, NAMESPACE);
    return new OurCrawler(stack, orm, { client, site });
  }

  async addSource(): Promise<string> {
    const sourceId = randomUUID();
    const config = sourceConfig({
      startUrls: [`${this.#site.url}/catalog?page=1`],
      links: { product: ['/p/*'], listing: ['/catalog*'], ignore: [] },
      currency: 'RUB',
      limits: { delayMs: 0, concurrency: 16, maxPages: 1_000_000, maxDepth: 100 },
    });
    await this.#worker.restart();
    await executeSaveSource(this.#client, { sourceId, name: sourceId, config, state: 'active' });
    return sourceId;
  }

  get #worker() {
    const [worker] = this.#stack.workers;
    if (worker === undefined) throw new Error('the stack has no worker');
    return worker;
  }

  /** Until all vectors are made and all garbage is collected: neither is part of the next crawl. */
  async indexed(): Promise<void> {
    const handle = this.#client.workflow.getHandle(indexCatalogWorkflowId('lexical'));
    await handle.result().catch((err: unknown) => {
      if (!(err instanceof WorkflowNotFoundError)) throw err;
    });
    for (let quiet = 0, before = cpuSeconds(this.#worker.pid); quiet < 3;) {
      await delay(QUIET_MS);
      const now = cpuSeconds(this.#worker.pid);
      quiet = now - before <= QUIET_S ? quiet + 1 : 0;
      before = now;
    }
  }

  /** Crawls to the end and measures the worker; indexing afterwards is not counted. */
  async crawl(sourceId: string, tool: string): Promise<Run> {
    const crawlId = randomUUID();
    const cpuBefore = cpuSeconds(this.#worker.pid);
    await startCrawl(this.#client, { sourceId, crawlId, mode: 'full' });
    for (;;) {
      await delay(50);
      const [found] = await this.#orm.em.fork().execute<object[]>(
        `select state, fetched + unchanged as pages, products,
           extract(epoch from finished_at - started_at)::float8 as seconds from crawl where id = ?`,
        [crawlId],
      );
      const row = Row.optional().parse(found);
      if (row === undefined || row.seconds === null) continue;
      if (row.state !== 'completed') throw new Error(`the crawl ended as ${row.state}`);
      const cpuS = cpuSeconds(this.#worker.pid) - cpuBefore;
      const rssMb = residentMb(this.#worker.pid);
      await this.#client.workflow.getHandle(crawlWorkflowId(sourceId)).result();
      return { tool, pages: row.pages, products: row.products, wallS: row.seconds, cpuS, rssMb };
    }
  }

  async removeSource(sourceId: string): Promise<void> {
    await executeRemoveSource(this.#client, sourceId);
  }

  async stop(): Promise<void> {
    await this.#orm.close();
    await this.#client.connection.close();
    await this.#stack.stop();
  }
}

function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid ?? ''}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

const residentMb = (pid: number | undefined): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? ''}/status`, 'utf8'))?.[1] ?? 0) / 1024;
