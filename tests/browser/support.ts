import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { z } from 'zod';

const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const screenshots = new URL('../../.cache/screenshots/', import.meta.url).pathname;

/** Starts the browser that `npm test` found or installed. */
export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
}

export const PHONE = { viewport: { width: 360, height: 740 } } as const;
export const DESKTOP = { viewport: { width: 1200, height: 900 } } as const;

export interface OpenPage {
  readonly page: Page;
  /** Console errors and exceptions; a test ends with none. */
  readonly errors: readonly string[];
  /** Addresses outside of the page's own origin that it asked for. */
  readonly foreign: readonly string[];
  /** Axe's violations, as short lines. */
  readonly violations: () => Promise<string[]>;
  /** Kept in .cache/screenshots for people to look at. */
  readonly shoot: (name: string) => Promise<void>;
}

/** A page in a context of its own; photos of shops are answered with nothing. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (err) => errors.push(err.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.route('https://shop.example/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body: PHOTO }));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('https://shop.example/') && !url.startsWith('data:'))
      foreign.push(url);
  });
  return {
    ...{ page, errors, foreign },
    async violations() {
      // Through the debugger, because the page's own policy forbids foreign scripts.
      await page.evaluate(axeSource);
      const result: unknown = await page.evaluate('axe.run().then(({ violations }) => violations)');
      return Violations.parse(result).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    },
    async shoot(name) {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true });
    },
  };
}

const PHOTO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#d6b48c"/></svg>';
const Violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));
