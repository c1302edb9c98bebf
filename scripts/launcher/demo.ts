import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { SetupError } from './errors.ts';
import type { Progress } from './terminal.ts';

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
  /** Base address of the sample shop. */
  readonly shopUrl: string;
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

  async #source(): Promise<Source> {
    const { shopUrl } = this.#options;
    const name = `Sample shop (${new URL(shopUrl).host})`;
    const { items } = await this.#ask(z.object({ items: z.array(sourceSchema) }), '/api/sources?limit=100');
    const known = items.find((source) => source.name === name);
    if (known !== undefined) return known;
    const config = {
      kind: 'page',
      startUrls: [new URL('/', shopUrl).href],
      limits: { delayMs: 0, concurrency: 4, maxPages: 5000, maxDepth: 8 },
    };
    return await this.#request(sourceSchema, '/api/sources', { name, config });
  }

  async #crawlToEnd(crawl: Crawl, progress: Progress): Promise<Crawl> {
    let current = crawl;
    while (current.state === 'running' || current.state === 'paused') {
      const { fetched, products, pending } = current;
      progress(`${fetched} pages read, ${products} products found, ${pending} pages to go`);
      await delay(POLL_MS);
      current = await this.#ask(crawlSchema, `/api/crawls/${crawl.id}`);
    }
    return current;
  }

  /** Adds the sample shop if it is absent and crawls it if that was never finished. @throws SetupError when the crawl fails */
  async run(progress: Progress): Promise<DemoResult> {
    const source = await this.#source();
    if (source.lastCrawl?.state === 'completed') {
      return { products: source.products, text: `${source.products} products found by an earlier start` };
    }
    const running = source.lastCrawl?.state === 'running' ? source.lastCrawl : undefined;
    const startedAtMs = Date.now();
    const first = running ?? (await this.#request(crawlSchema, `/api/sources/${source.id}/crawls`, { mode: 'full' }));
    const crawl = await this.#crawlToEnd(first, progress);
    if (crawl.state !== 'completed')
      throw new SetupError(`the crawl ${crawl.state}: ${crawl.error ?? 'no reason given'}`);
    const rate = (crawl.fetched + crawl.unchanged) / ((Date.now() - startedAtMs) / 1000);
    const speed = running === undefined ? `, ${rate.toFixed(0)} pages a second` : ' (went on where it was)';
    return { products: crawl.products, text: `${crawl.products} products on ${crawl.fetched} pages${speed}` };
  }
}
