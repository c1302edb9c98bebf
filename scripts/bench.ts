// npm run bench -- NAME [arguments]: runs bench/NAME.ts with the tools it drives; without a name, lists them.
import { readdirSync } from 'node:fs';
import { runToTheEnd } from './launcher/ending.ts';
import { createSupervisor } from './launcher/supervisor.ts';
import { createTerminal } from './launcher/terminal.ts';
import { provisionTestTools } from './launcher/test-tools.ts';

const [name, ...args] = process.argv.slice(2);
const names = readdirSync(new URL('../bench/', import.meta.url)).flatMap(
  (file) => /^([\w-]+)\.ts$/.exec(file)?.[1] ?? [],
);
const terminal = createTerminal(process.stdout);
const supervisor = createSupervisor(terminal.say);

await runToTheEnd(supervisor, { say: terminal.say }, async () => {
  if (name === undefined || !names.includes(name)) {
    terminal.say(`Say which: npm run bench -- ${names.join(' | ')}`);
    return 1;
  }
  Object.assign(process.env, await provisionTestTools(supervisor, terminal));
  process.argv = [process.argv[0] ?? '', name, ...args];
  await import(`../bench/${name}.ts`);
  return 0;
});
