// npm run soak -- [--rounds 500] [--minutes 30] [--seed N]: random schedules of faults against watcher, drops and purchases,
// with a real datacentre, database and Temporal server on loopback; each round ends with both ledgers compared.
import { parseArgs } from 'node:util';
import { runToTheEnd } from './launcher/ending.ts';
import { createSupervisor } from './launcher/supervisor.ts';
import { createTerminal } from './launcher/terminal.ts';
import { provisionTestTools } from './launcher/test-tools.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
});
const terminal = createTerminal(process.stdout);
const supervisor = createSupervisor(terminal.say);

await runToTheEnd(supervisor, { say: terminal.say }, async () => {
  Object.assign(process.env, await provisionTestTools(supervisor, terminal));
  const { soak } = await import('../tests/stargifts/soak.ts');
  const { rounds = '500', minutes = '30', seed = String(Date.now() % 100_000) } = values;
  terminal.say(`seed ${seed}: at most ${rounds} rounds, at most ${minutes} minutes`);
  const result = await soak({
    rounds: Number(rounds),
    minutes: Number(minutes),
    seed: Number(seed),
    say: terminal.say,
  });
  terminal.say(`${result.rounds} rounds, ${result.bought} gifts bought; problems: ${result.problems.length}`);
  return result.problems.length === 0 ? 0 : 1;
});
