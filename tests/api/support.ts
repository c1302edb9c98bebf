import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createApp, type AppOptions } from '../../api/app.ts';
import type { ApiDeps, TemporalDoor } from '../../api/deps.ts';
import { EncryptionCodec } from '../../client/payload-codec.ts';
import type { CrawlInput, SourceInput, TryPageResult } from '../../contracts/catalog.ts';
import type { ReplayInput } from '../../contracts/replays.ts';
import { deleteSource, putSource } from '../../db/repositories/sources.ts';
import { upsertProducts } from '../../db/repositories/products.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { renderPng } from '../../providers/pictures/render-png.ts';
import { startDatabase } from '../support/database.ts';
import { TEST_KEYS, TEST_SECRETS } from './recording-accounts.ts';
import { RecordingAgenda } from './recording-agenda.ts';

/** Stands for Temporal with its workers: does at once in Postgres what the workflows do, and keeps what it was asked. */
export class RecordingTemporal extends RecordingAgenda implements TemporalDoor {
  readonly running = new Map<string, string>();
  async saveSource(input: SourceInput): Promise<void> {
    await this.record(`save ${input.name} ${input.state}`);
    await putSource(this.em(), input);
  }

  async removeSource(sourceId: string): Promise<void> {
    await this.record('remove');
    await deleteSource(this.em(), sourceId);
  }

  async tryPage(_requestId: string, { url }: { readonly url: string }): Promise<TryPageResult> {
    await this.record(`try ${url}`);
    const product = { title: { value: 'Чашка', from: 'json-ld' as const, confidence: 0.9 } };
    return { url, status: 200, kind: 'product', reason: null, product, links: { products: [], listings: [] } };
  }

  async startCrawl({ sourceId, crawlId, mode }: CrawlInput): Promise<void> {
    await this.record(`start ${mode}`);
    if (this.running.has(sourceId)) throw new DomainError('crawl-running', 'a crawl of this source is running');
    this.running.set(sourceId, crawlId);
  }

  async startReplay({ sourceId }: ReplayInput): Promise<void> {
    await this.record(`replay ${sourceId}`);
  }

  async runningCrawlId(sourceId: string): Promise<string | null> {
    return this.running.get(sourceId) ?? null;
  }

  async pauseCrawl(): Promise<void> {
    await this.record('pause');
  }

  async resumeCrawl(): Promise<void> {
    await this.record('resume');
  }

  async cancelCrawl(sourceId: string): Promise<void> {
    await this.record('cancel');
    this.running.delete(sourceId);
  }

  async ping(): Promise<void> {
    await this.record('ping');
  }
}

const DEFAULTS: AppOptions = {
  operatorToken: null,
  webUiOrigins: ['http://localhost:8233'],
  imageOrigins: ['http://127.0.0.1:8090'],
  trustProxy: false,
  requestsPerMinute: 100_000,
};

export type TestApi = Awaited<ReturnType<typeof startApi>>;
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The text itself when it is no JSON. */
  readonly json: unknown;
}

/** The value at a dotted path of an answer, e.g. `items.0.id`. */
export function pick({ json }: Reply, path: string): unknown {
  let value: unknown = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(name);
  }
  return value;
}

/** Serves the app on a free port; `serve` puts another one with other options before the same database. */
export async function startApi() {
  const database = await startDatabase();
  const em = () => database.orm.em.fork();
  const temporal = new RecordingTemporal(em);
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const closing = new AbortController();
  const deps: ApiDeps = {
    em,
    temporal,
    codec: new EncryptionCodec(TEST_KEYS),
    secrets: TEST_SECRETS,
    ownBots: { telegram: null, max: null },
    renderPng,
    log,
    closing: closing.signal,
  };
  const stops: (() => Promise<void>)[] = [];
  const serve = async (options: Partial<AppOptions> = {}, other: Partial<ApiDeps> = {}): Promise<string> => {
    const server = createServer(createApp({ ...deps, ...other }, { ...DEFAULTS, ...options }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port }: AddressInfo = addressOf(server.address());
    stops.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${port}`;
  };
  const url = await serve();
  return {
    url,
    em,
    temporal,
    lines,
    serve,
    call: async (method: string, path: string, given: CallOptions = {}): Promise<Reply> =>
      await call(`${given.url ?? url}${path}`, method, given),
    async stop(): Promise<void> {
      closing.abort();
      await Promise.all(stops.map((stop) => stop()));
      await database.stop();
    },
  };
}

const addressOf = (address: AddressInfo | string | null): AddressInfo => {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
};

export interface CallOptions {
  readonly url?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function call(url: string, method: string, { body, headers = {} }: CallOptions): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const json: unknown = /[/+]json/.test(type) ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, json };
}

export const config = (startUrl = 'https://shop.example/') => ({ startUrls: [startUrl] });

/** Adds a source through the API and answers with its id. */
export async function addSource(api: TestApi, name: string = randomUUID()): Promise<string> {
  return String(pick(await api.call('POST', '/api/sources', { body: { name, config: config() } }), 'id'));
}

const NOTHING: Omit<ProductRecord, 'url' | 'title'> = {
  description: null,
  brand: null,
  sku: null,
  gtin: null,
  mpn: null,
  categoryPath: [],
  images: ['https://shop.example/1.jpg'],
  attributes: {},
  variants: [],
  rating: null,
  priceMinor: 129_000,
  highPriceMinor: null,
  oldPriceMinor: null,
  currency: 'RUB',
  availability: 'in_stock',
  language: 'ru',
  provenance: { title: { from: 'json-ld', confidence: 0.9 } },
  missing: [],
};

/** Stores products of a source as a crawl does; each needs a title. */
export async function addProducts(
  api: TestApi,
  sourceId: string,
  products: readonly (Partial<ProductRecord> & { readonly title: string })[],
): Promise<void> {
  const records = products.map((product) => ({
    ...NOTHING,
    url: `https://shop.example/${encodeURIComponent(product.title)}`,
    ...product,
  }));
  await upsertProducts(api.em(), sourceId, records);
}
