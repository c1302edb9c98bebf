import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ShopSource } from '../../sandbox/shop/sources.ts';
import { SetupError } from './errors.ts';
import { seconds, type Progress } from './terminal.ts';

const POLL_MS = 500;
/** A request that fails while a process is being started again is repeated for this long. */
const PATIENCE_MS = 30_000;

const crawlSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'paused', 'completed', 'cancelled', 'failed']),
  fetched: z.number(),
  unchanged: z.number(),
  failed: z.number(),
  products: z.number(),
  pending: z.number().default(0),
  error: z.string().nullable(),
});
type Crawl = z.output<typeof crawlSchema>;

const sourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  products: z.number(),
  lastCrawl: crawlSchema.nullable(),
});
type Source = z.output<typeof sourceSchema>;

export interface DemoOptions {
  /** Base address of the API. */
  readonly apiUrl: string;
  /** The sample shop's sources. */
  readonly sources: readonly ShopSource[];
  readonly operatorToken: string | undefined;
}

/** What the first crawl did, for the summary. */
export interface DemoResult {
  readonly products: number;
  readonly text: string;
}

/** The REST calls of a newcomer's first minute, made for them. */
export class Demo {
  readonly #options: DemoOptions;

  constructor(options: DemoOptions) {
    this.#options = options;
  }

  async #request<T>(schema: z.ZodType<T>, path: string, body?: object): Promise<T> {
    const { apiUrl, operatorToken } = this.#options;
    const response = await fetch(new URL(path, apiUrl), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(operatorToken !== undefined && { authorization: `Bearer ${operatorToken}` }),
      },
      signal: AbortSignal.timeout(15_000),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new SetupError(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return schema.parse(JSON.parse(text));
  }

  async #ask<T>(schema: z.ZodType<T>, path: string): Promise<T> {
    const untilMs = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await this.#request(schema, path);
      } catch (err) {
        if (Date.now() > untilMs) throw err;
        await delay(POLL_MS);
      }
    }
  }

  async #addIfAbsent({ name, config }: ShopSource): Promise<Source> {
    const { items } = await this.#ask(z.object({ items: z.array(sourceSchema) }), '/api/sources?limit=100');
    const known = items.find((source) => source.name === name);
    return known ?? (await this.#request(sourceSchema, '/api/sources', { name, config }));
  }

  /** The crawl that fills this source, started unless it is under way; null when an earlier start has finished it. */
  async #crawlOf({ id, lastCrawl }: Source): Promise<Crawl | null> {
    if (lastCrawl?.state === 'completed') return null;
    if (lastCrawl?.state === 'running') return lastCrawl;
    return await this.#request(crawlSchema, `/api/sources/${id}/crawls`, { mode: 'full' });
  }

  async #crawlToEnd(crawl: Crawl, onCrawl: (crawl: Crawl) => void): Promise<Crawl> {
    let current = crawl;
    while (current.state === 'running' || current.state === 'paused') {
      onCrawl(current);
      await delay(POLL_MS);
      current = await this.#ask(crawlSchema, `/api/crawls/${crawl.id}`);
    }
    onCrawl(current);
    if (current.state === 'completed') return current;
    throw new SetupError(`the crawl of the sample shop ${current.state}: ${current.error ?? 'no reason given'}`);
  }

  /** Adds the sample shop's sources where absent and crawls those never finished. @throws SetupError when a crawl fails */
  async run(progress: Progress): Promise<DemoResult> {
    const startedAtMs = Date.now();
    const sources = [];
    for (const source of this.#options.sources) sources.push(await this.#addIfAbsent(source));
    const crawls = (await Promise.all(sources.map((source) => this.#crawlOf(source)))).filter(
      (crawl) => crawl !== null,
    );
    if (crawls.length === 0) {
      const products = sources.reduce((sum, source) => sum + source.products, 0);
      return { products, text: `${products} products, found by an earlier start` };
    }
    const latest = new Map<string, Crawl>();
    const report = (crawl: Crawl): void => {
      latest.set(crawl.id, crawl);
      const { pages, products, pending } = total([...latest.values()]);
      progress(`${pages} pages read, ${products} products found, ${pending} pages to go`);
    };
    const { pages, products } = total(await Promise.all(crawls.map((crawl) => this.#crawlToEnd(crawl, report))));
    const elapsedMs = Date.now() - startedAtMs;
    const rate = (pages / elapsedMs) * 1000;
    return {
      products,
      text: `${products} products on ${pages} pages in ${seconds(elapsedMs)} (${rate.toFixed(0)} a second)`,
    };
  }
}

function total(crawls: readonly Crawl[]): { pages: number; products: number; pending: number } {
  const sum = (count: (crawl: Crawl) => number): number => crawls.reduce((all, crawl) => all + count(crawl), 0);
  return {
    pages: sum(({ fetched, unchanged }) => fetched + unchanged),
    products: sum(({ products }) => products),
    pending: sum(({ pending }) => pending),
  };
}
