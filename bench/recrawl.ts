// npm run bench -- recrawl [--products 2000] [--reps 3]: a second crawl of a shop in which nothing changed.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { OurCrawler, type Run } from './crawl/ours.ts';
import { startSite } from './crawl/site.ts';
import { table } from './crawl/table.ts';

const { values } = parseArgs({
  options: { products: { type: 'string', default: '2000' }, reps: { type: 'string', default: '3' } },
});
const source = fileURLToPath(new URL('../../shared/bench/scrape', import.meta.url));
const site = await startSite(source, { products: Number(values.products), kilobytes: 30, latencyMs: 0 });
const ours = await OurCrawler.start(site);
const runs: Run[] = [];
try {
  for (let rep = 0; rep < Number(values.reps); rep += 1) {
    const sourceId = await ours.addSource();
    for (const pass of ['first pass', 'unchanged pass']) {
      runs.push(await ours.crawl(sourceId, pass));
      await ours.indexed();
    }
    await ours.removeSource(sourceId);
  }
} finally {
  await ours.stop();
  await site.stop();
}
console.log(table(runs, 'first pass'));
