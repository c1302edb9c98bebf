// npm run bench -- detect [--rounds 30] [--accounts 3]: from the datacentre's first answer that holds a new gift to the first
// payment form that it is asked for, beside a bare hop (client start → first activity) of the same Temporal server, in turns.
import { parseArgs } from 'node:util';
import { startBareHop } from './stargifts/bare-hop.ts';
import { measureRelease } from './stargifts/release.ts';
import { quantile, startService } from './stargifts/service.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, accounts: { type: 'string', default: '3' } },
});
const MOST = 1.5;
const WARM_UP = 3;

const service = await startService(Number(values.accounts), 0);
const bare = await startBareHop(service.client, service.temporalAddress);
const hops: number[] = [];
const forms: number[] = [];
try {
  for (let round = -WARM_UP; round < Number(values.rounds); round += 1) {
    const hopMs = await bare.measure();
    const { firstFormMs } = await measureRelease(service);
    if (round < 0) continue;
    hops.push(hopMs);
    forms.push(firstFormMs);
  }
} finally {
  await bare.stop();
  await service.stop();
}
const row = (name: string, of: readonly number[]) =>
  `${name.padEnd(28)} ${[0.1, 0.5, 0.9].map((share) => quantile(of, share).toFixed(1).padStart(8)).join(' ')}`;
const ratio = quantile(forms, 0.5) / quantile(hops, 0.5);
console.log(`${values.rounds} releases, ${values.accounts} accounts, no latency; ms`);
console.log(`${''.padEnd(28)}      10 %     50 %     90 %`);
console.log(row('bare hop', hops));
console.log(row('detection → first form', forms));
console.log(`ratio of the medians: ${ratio.toFixed(2)} (at most ${MOST})`);
if (ratio > MOST) process.exitCode = 1;
