// npm run bench -- crawl [--products 2000] [--kb 30] [--latency 0] [--reps 3] [--only ours]
// The whole durable crawl, with database writes, beside Scrapy and Crawlee: same site, same concurrency (16), interleaved.
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareBaselines, runBaseline } from './crawl/baselines.ts';
import { OurCrawler, type Run } from './crawl/ours.ts';
import { startSite } from './crawl/site.ts';
import { table } from './crawl/table.ts';

const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '2000' },
    kb: { type: 'string', default: '30' },
    latency: { type: 'string', default: '0' },
    reps: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
});
const source = fileURLToPath(new URL('../../shared/bench/scrape', import.meta.url));
const folder = fileURLToPath(new URL('../.cache/bench-crawl', import.meta.url));
if (!existsSync(source))
  throw new Error('the site and the reference crawlers are not beside the project (../shared/bench/scrape)');
mkdirSync(folder, { recursive: true });
const isOnly = values.only !== undefined;
if (!isOnly) await prepareBaselines(source, folder);

const options = { products: Number(values.products), kilobytes: Number(values.kb), latencyMs: Number(values.latency) };
const site = await startSite(source, options);
const ours = await OurCrawler.start(site);
const runs: Run[] = [];
const keep = (run: Run) => {
  runs.push(run);
  console.log(JSON.stringify(run));
};
try {
  for (let rep = 0; rep < Number(values.reps); rep += 1) {
    const sourceId = await ours.addSource();
    keep(await ours.crawl(sourceId, 'gifty'));
    if (!isOnly) {
      keep(await runBaseline('scrapy', folder, site));
      keep(await runBaseline('crawlee', folder, site));
    } else {
      keep(await ours.crawl(sourceId, 'gifty, again'));
    }
    await ours.removeSource(sourceId);
  }
} finally {
  await ours.stop();
  await site.stop();
}
console.log(
  `\n${options.products} products of ${options.kilobytes} kB, ${options.latencyMs} ms latency, concurrency 16`,
);
console.log(table(runs, 'scrapy'));
