import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../listen.ts';
import { prepare, send, textAnswer, type PreparedAnswer } from './answer.ts';
import { parseCommand, type ShopCommand, type ShopCommandInput } from './control.ts';
import { answerWithFault, redirect } from './fault-answers.ts';
import { FaultList } from './fault-list.ts';
import { loadProducts, type ShopProduct } from './products.ts';
import { route } from './routes/router.ts';
import { ShopState } from './state.ts';
import { TrafficLog, type ShopStats } from './stats.ts';

export interface ShopOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly host?: string;
  /** How many articles; default all authored ones, more = with later editions. */
  readonly products?: number;
  /** Added to every answer, ms. */
  readonly latencyMs?: number;
}

export interface RunningShop {
  readonly url: string;
  readonly port: number;
  /** What the shop was opened with, before any change. */
  readonly products: readonly ShopProduct[];
  /** The same as POST /_control; throws on a bad command. */
  control(command: ShopCommandInput): void;
  stats(): ShopStats;
  /** Forgets faults, changes, layouts and statistics, or the statistics alone. */
  reset(only?: 'stats'): void;
  stop(): Promise<void>;
}

/** Opens the sandbox shop; rejects when the port is taken. */
export async function startShop(options: ShopOptions): Promise<RunningShop> {
  const host = options.host ?? '127.0.0.1';
  const products = loadProducts(options.products);
  const shop = new Shop(products, options.latencyMs ?? 0);
  const server = createServer((req, res) => {
    shop.handle(req, res).catch(() => res.destroy());
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port, host);
  shop.fallbackHost = `${host}:${port}`;
  return {
    url: `http://${host}:${port}`,
    port,
    products,
    control: (command) => {
      const errors = shop.control(command);
      if (errors.length > 0) throw new Error(errors.join('; '));
    },
    stats: () => shop.traffic.report(),
    reset: (only) => {
      shop.reset(only);
    },
    stop: async () => {
      shop.closing.abort();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const MAX_CACHED = 5000;

class Shop {
  readonly traffic = new TrafficLog(() => performance.now());
  readonly closing = new AbortController();
  fallbackHost = '';
  readonly #state: ShopState;
  readonly #faults = new FaultList();
  readonly #openedWithLatencyMs: number;
  #latencyMs: number;
  #cache = new Map<string, PreparedAnswer>();
  #cachedRevision = 0;

  constructor(products: readonly ShopProduct[], latencyMs: number) {
    this.#state = new ShopState(products, () => new Date());
    this.#openedWithLatencyMs = latencyMs;
    this.#latencyMs = latencyMs;
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = this.#urlOf(req);
    if (url === null) {
      send(req, res, prepare(textAnswer('bad request', 'text/plain', { status: 400 })));
      return;
    }
    if (url.pathname.startsWith('/_')) {
      send(req, res, prepare(await this.#operate(req, url)));
      return;
    }
    const path = url.pathname + url.search;
    const done = this.traffic.begin(`${req.socket.remoteAddress ?? ''} ${req.headers['user-agent'] ?? ''}`, path);
    const gone = new AbortController();
    res.once('close', () => {
      done(res.headersSent ? res.statusCode : 0);
      gone.abort();
    });
    await this.#serve({ req, res, url, signal: AbortSignal.any([gone.signal, this.closing.signal]) });
  }

  /** What is wrong with the command; empty when it was applied. */
  control(value: unknown): string[] {
    const parsed = parseCommand(value);
    return 'errors' in parsed ? parsed.errors : this.#apply(parsed.command);
  }

  reset(only?: string): void {
    this.traffic.clear();
    if (only === 'stats') return;
    this.#faults.clear();
    this.#state.reset();
    this.#latencyMs = this.#openedWithLatencyMs;
  }

  #apply({ faults, latencyMs, ...command }: ShopCommand): string[] {
    const unknown = this.#state.apply(command);
    if (unknown.length > 0) return unknown.map((id) => `products: no article ${id}`);
    this.#faults.add(faults ?? []);
    this.#latencyMs = latencyMs ?? this.#latencyMs;
    return [];
  }

  // Addresses in the pages follow the Host header, so that the shop works under any name it is reached by.
  #urlOf(req: IncomingMessage): URL | null {
    const host = req.headers.host ?? '';
    return URL.parse(req.url ?? '/', `http://${/^[\w.:[\]-]+$/.test(host) ? host : this.fallbackHost}`);
  }

  async #serve(exchange: { req: IncomingMessage; res: ServerResponse; url: URL; signal: AbortSignal }): Promise<void> {
    const { req, res, url, signal } = exchange;
    if (this.#latencyMs > 0) await sleep(this.#latencyMs, undefined, { signal });
    const loop = /^\/loop\/(\d+)$/.exec(url.pathname);
    if (loop !== null) {
      redirect(res, { status: 302, location: `/loop/${(Number(loop[1]) % 1000) + 1}` });
      return;
    }
    const honest = (): PreparedAnswer => this.#answer(url);
    const fault = this.#faults.take(url.pathname + url.search);
    if (fault === undefined) send(req, res, honest());
    else await answerWithFault(fault, { req, res, honest, signal });
  }

  #answer(url: URL): PreparedAnswer {
    if (this.#cachedRevision !== this.#state.revision || this.#cache.size > MAX_CACHED) {
      this.#cache = new Map();
      this.#cachedRevision = this.#state.revision;
    }
    const known = this.#cache.get(url.href);
    if (known !== undefined) return known;
    const fresh = prepare(route(url, this.#state));
    this.#cache.set(url.href, fresh);
    return fresh;
  }

  async #operate(req: IncomingMessage, url: URL) {
    const answer = (status: number, value: unknown) =>
      textAnswer(JSON.stringify(value), 'application/json; charset=utf-8', { status });
    switch (`${req.method ?? ''} ${url.pathname}`) {
      case 'GET /_stats':
        return answer(200, this.traffic.report());
      case 'POST /_reset':
        this.reset(url.searchParams.get('only') ?? undefined);
        return answer(200, { ok: true });
      case 'POST /_control': {
        const errors = this.control(await json(req).catch(() => undefined));
        return errors.length > 0 ? answer(422, { errors }) : answer(200, { ok: true });
      }
      default:
        return answer(404, { errors: ['GET /_stats, POST /_control, POST /_reset'] });
    }
  }
}
