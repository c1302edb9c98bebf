import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseRobots, type RobotsRules } from '../../../providers/shops/fetch/robots.ts';

const Host = z.object({
  robots: z.string(),
  checks: z.array(z.tuple([z.string(), z.string(), z.boolean()])),
  crawlDelay: z.record(z.string(), z.number().nullable()).default({}),
  sitemaps: z.array(z.string()).default([]),
});
const File = z.object({ files: z.record(z.string(), Host) });

/** Compares allow checks (the score), crawl delays and sitemaps of each robots.txt with the reference. */
export async function run(file: string) {
  const { files } = File.parse(JSON.parse(await readFile(file, 'utf8')));
  const failures: string[] = [];
  const delays = { right: 0, all: 0 };
  const sitemaps = { right: 0, all: 0 };
  let checks = 0;
  for (const [host, { robots, ...expected }] of Object.entries(files)) {
    const rulesOf = new Map<string, RobotsRules>();
    const rules = (agent: string): RobotsRules => {
      const known = rulesOf.get(agent) ?? parseRobots(robots, agent);
      rulesOf.set(agent, known);
      return known;
    };
    for (const [agent, path, allowed] of expected.checks) {
      checks += 1;
      if (rules(agent).allows(`https://${host}${path}`) === allowed) continue;
      failures.push(`${host} ${agent} ${path}: expected ${allowed ? 'allowed' : 'disallowed'}`);
    }
    for (const [agent, seconds] of Object.entries(expected.crawlDelay)) {
      delays.all += 1;
      // No delay and a delay of zero are the same to a crawler.
      if (rules(agent).crawlDelayMs === (seconds ? seconds * 1000 : null)) delays.right += 1;
    }
    sitemaps.all += 1;
    if (rules('*').sitemaps.join('\n') === [...new Set(expected.sitemaps)].join('\n')) sitemaps.right += 1;
  }
  const share = ((100 * (checks - failures.length)) / Math.max(1, checks)).toFixed(2);
  const lines = [
    `${share} % of ${checks} allow checks`,
    `crawl-delay ${delays.right} of ${delays.all}`,
    `sitemaps ${sitemaps.right} of ${sitemaps.all}`,
  ];
  return { passed: checks - failures.length, failed: failures.length, failures, lines };
}
