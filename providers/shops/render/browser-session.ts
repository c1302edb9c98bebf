import { createAddressGuard, type AddressGuard } from '../fetch/address-guard.ts';
import { DEFAULT_PORTS } from '../fetch/fetch-options.ts';
import { startFilteringProxy, type FilteringProxy } from './filtering-proxy.ts';
import { findChromium, loadBrowserType, type Browser, type BrowserContext } from './playwright.ts';

export interface SessionOptions {
  readonly userAgent: string;
  /** Hosts (`host` or `host:port`) that may be private; nothing by default. */
  readonly allow: readonly string[];
  /** Path of Chromium; undefined = the usual places. */
  readonly chromium: string | undefined;
  /** Of one page with all that it loads. */
  readonly maxBytes: number;
}

/** Browsers grow; a new one is started after so many pages. */
const MAX_PAGES = 100;
/** A browser that is not used that long is closed. */
const IDLE_MS = 60_000;
const LAUNCH_MS = 30_000;
const CLOSE_MS = 5_000;

/** All traffic goes to the proxy: no names are resolved, nothing is sent beside it, also not to loopback addresses. */
const ARGUMENTS = [
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
  '--disable-background-networking',
  '--js-flags=--max-old-space-size=512',
];

interface Running {
  readonly browser: Browser;
  readonly proxy: FilteringProxy;
}

/** One browser behind its own filtering proxy, started when it is needed. */
export class BrowserSession {
  readonly guard: AddressGuard;
  readonly #options: SessionOptions;
  #running: Running | null = null;
  #pages = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.guard = createAddressGuard({ allow: options.allow, ports: DEFAULT_PORTS });
  }

  /** Runs `fn` with a fresh profile, which is gone after it. @throws Error when there is no browser */
  async withContext<T>(fn: (context: BrowserContext, proxy: FilteringProxy) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    const { browser, proxy } = await this.#start();
    this.#pages += 1;
    proxy.begin();
    const context = await browser.newContext({
      userAgent: this.#options.userAgent,
      acceptDownloads: false,
      serviceWorkers: 'block',
      extraHTTPHeaders: { 'accept-language': 'ru,en;q=0.8' },
    });
    try {
      return await fn(context, proxy);
    } finally {
      // A page in an endless loop may keep its context from closing: then the whole browser goes.
      if (!(await endsWithin(context.close(), CLOSE_MS)) || this.#pages >= MAX_PAGES) await this.close();
      this.#idle = setTimeout(() => void this.close(), IDLE_MS);
      this.#idle.unref();
    }
  }

  /** Ends the browser; the next page starts another one. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const running = this.#running;
    this.#running = null;
    this.#pages = 0;
    if (running === null) return;
    await endsWithin(running.browser.close(), CLOSE_MS);
    await running.proxy.close();
  }

  async #start(): Promise<Running> {
    if (this.#running?.browser.isConnected() === true) return this.#running;
    await this.close();
    const [type, executablePath] = [await loadBrowserType(), findChromium(this.#options.chromium)];
    if (type === null || executablePath === null) throw new Error('there is no browser here: see docs/operators.md');
    const proxy = await startFilteringProxy(this.guard, this.#options.maxBytes);
    try {
      const browser = await type.launch({
        executablePath,
        headless: true,
        chromiumSandbox: process.getuid?.() !== 0, // Chromium's sandbox does not start as root
        proxy: { server: proxy.url },
        args: ARGUMENTS,
        timeout: LAUNCH_MS,
      });
      return (this.#running = { browser, proxy });
    } catch (err) {
      await proxy.close();
      throw err;
    }
  }
}

async function endsWithin(ending: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, ms, false)));
  const ended = await Promise.race([
    ending.then(
      () => true,
      () => true,
    ),
    late,
  ]);
  clearTimeout(timer);
  return ended;
}
