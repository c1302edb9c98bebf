// npm run bench -- drop [--accounts 20,100] [--rtt 80] [--rounds 5]: from the datacentre's first answer that holds a new gift
// to the answer to each account's first payment, with Telegram `rtt` ms away.
import { parseArgs } from 'node:util';
import { measureRelease } from './stargifts/release.ts';
import { quantile, startService } from './stargifts/service.ts';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '20,100' },
    rtt: { type: 'string', default: '80' },
    rounds: { type: 'string', default: '5' },
  },
});
const MOST_MS = 500;
const UP_TO_ACCOUNTS = 20;

for (const accounts of values.accounts.split(',').map(Number)) {
  const service = await startService(accounts, Number(values.rtt));
  const lasts: number[] = [];
  try {
    await measureRelease(service); // warms up
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const { firstFormMs, firstPaidMs } = await measureRelease(service, 2);
      lasts.push(Math.max(...firstPaidMs));
      const [first, half, last] = [0, 0.5, 1].map((share) => quantile(firstPaidMs, share).toFixed(0));
      console.log(
        `${accounts} accounts, ${values.rtt} ms: first form ${firstFormMs.toFixed(0)}; first purchases: the first ${first ?? ''}, half ${half ?? ''}, all ${last ?? ''} ms`,
      );
    }
  } finally {
    await service.stop();
  }
  const median = quantile(lasts, 0.5);
  console.log(`${accounts} accounts: all have bought once after ${median.toFixed(0)} ms (median)`);
  if (accounts <= UP_TO_ACCOUNTS && median > MOST_MS) process.exitCode = 1;
}
