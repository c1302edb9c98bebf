// npm test [-- vitest arguments]: finds or fetches what the tests drive, runs them all, and ends with one line of counts.
import { runToTheEnd } from './launcher/ending.ts';
import { createSupervisor } from './launcher/supervisor.ts';
import { createTerminal } from './launcher/terminal.ts';
import { provisionTestTools } from './launcher/test-tools.ts';
import { countsLine, runVitest } from './launcher/vitest-run.ts';

const terminal = createTerminal(process.stdout);
const supervisor = createSupervisor(terminal.say);

await runToTheEnd(supervisor, { say: terminal.say }, async () => {
  const env = await provisionTestTools(supervisor, terminal);
  const counts = await runVitest(process.argv.slice(2), env);
  terminal.say(countsLine(counts));
  return counts.failed === 0 ? 0 : 1;
});
