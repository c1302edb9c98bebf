import { execFile } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Run } from './ours.ts';
import type { Site } from './site.ts';

const run = promisify(execFile);
const SCRAPY = ['scrapy==2.19.0', 'extruct==0.18.0', 'price-parser==0.5.1', 'protego', 'tabulate'];
const Line = z.object({
  tool: z.string(),
  pages: z.number(),
  items: z.number(),
  wall: z.number(),
  cpu: z.number(),
  rssMB: z.number(),
});

/** The reference crawlers of `source`, copied to `folder` and installed there once. */
export async function prepareBaselines(source: string, folder: string): Promise<void> {
  cpSync(source, folder, { recursive: true, force: true });
  if (!existsSync(join(folder, 'venv', 'bin', 'scrapy'))) {
    await run('python3', ['-m', 'venv', 'venv'], { cwd: folder });
    await run('venv/bin/pip', ['install', '-q', ...SCRAPY], { cwd: folder });
  }
  if (!existsSync(join(folder, 'node_modules', '@crawlee'))) {
    await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder });
  }
}

const COMMANDS = {
  scrapy: ['venv/bin/python', 'shop_spider.py'],
  crawlee: [process.execPath, 'crawlee.mjs'],
} as const;

/** One run of a reference crawler over the same site, with the same concurrency. */
export async function runBaseline(tool: keyof typeof COMMANDS, folder: string, site: Site): Promise<Run> {
  const [command, script] = COMMANDS[tool];
  const more = tool === 'crawlee' ? ['tuned'] : [];
  const { stdout } = await run(command, [script, site.url, 'out.jsonl', '16', ...more], {
    cwd: folder,
    timeout: 300_000,
    maxBuffer: 1e7,
  });
  const { pages, items, wall, cpu, rssMB } = Line.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  return { tool, pages, products: items, wallS: wall, cpuS: cpu, rssMb: rssMB };
}
