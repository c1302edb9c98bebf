import { accessSync, constants } from 'node:fs';

/** What is used of playwright-core, which is optional: a worker without it serves every queue but `render`. */
export interface BrowserType {
  launch(options: {
    readonly executablePath: string;
    readonly headless: boolean;
    readonly chromiumSandbox: boolean;
    readonly proxy: { readonly server: string };
    readonly args: readonly string[];
    readonly timeout: number;
  }): Promise<Browser>;
}
export interface Browser {
  isConnected(): boolean;
  newContext(options: {
    readonly userAgent: string;
    readonly acceptDownloads: boolean;
    readonly serviceWorkers: 'block';
    readonly extraHTTPHeaders: Readonly<Record<string, string>>;
  }): Promise<BrowserContext>;
  close(): Promise<void>;
}
export interface BrowserContext {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}
export interface Page {
  route(url: string, handler: (route: Route) => Promise<void>): Promise<unknown>;
  goto(
    url: string,
    options: { readonly waitUntil: 'domcontentloaded'; readonly timeout: number },
  ): Promise<Answer | null>;
  waitForLoadState(state: 'networkidle', options: { readonly timeout: number }): Promise<void>;
  content(): Promise<string>;
  url(): string;
}
export interface Route {
  request(): { resourceType(): string };
  abort(): Promise<void>;
  continue(): Promise<void>;
}
export interface Answer {
  status(): number;
  headers(): Readonly<Record<string, string>>;
}

/** By a name in a variable, which no bundler and no dependency rule follows: the package need not be there. */
const PACKAGE = 'playwright-core';
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** playwright-core's launcher of Chromium, or null when the package is not installed. */
export async function loadBrowserType(): Promise<BrowserType | null> {
  const loaded: unknown = await import(PACKAGE).catch(() => null);
  return isPlaywright(loaded) ? loaded.chromium : null;
}

/** Without loading it: it takes 60 MB, and most workers never open a page with it. */
function isInstalled(): boolean {
  try {
    import.meta.resolve(PACKAGE);
    return true;
  } catch {
    return false;
  }
}

function isPlaywright(loaded: unknown): loaded is { readonly chromium: BrowserType } {
  if (typeof loaded !== 'object' || loaded === null || !('chromium' in loaded)) return false;
  const { chromium } = loaded;
  return typeof chromium === 'object' && chromium !== null && 'launch' in chromium;
}

/** Where Chromium is: `configured`, or one of the usual places; null = nowhere. */
export const findChromium = (configured: string | undefined): string | null =>
  (configured === undefined ? USUAL_PLACES : [configured]).find(isExecutable) ?? null;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface BrowserSettings {
  readonly chromium: string | undefined;
  readonly proxies: readonly string[];
}

/** Why this process cannot open pages in a browser, for its operator; null = it can. */
export function whyNoBrowser({ chromium, proxies }: BrowserSettings): string | null {
  if (proxies.length > 0) return 'GIFTY_PROXIES is set, and a browser would go around the proxies';
  if (!isInstalled()) return `the package ${PACKAGE} is not installed`;
  if (findChromium(chromium) !== null) return null;
  return chromium === undefined
    ? 'no Chromium was found in the usual places: install it, or set GIFTY_CHROMIUM to its path'
    : `GIFTY_CHROMIUM: ${chromium} cannot be run`;
}
