// npm run check: format, lint, dependency rules and types two at a time, then the tests but for the long ones, which are
// in `npm test`; the first failure is shown last.
import { runToTheEnd } from './launcher/ending.ts';
import { CHECKS, runCheck, type Check } from './launcher/checks.ts';
import { createSupervisor } from './launcher/supervisor.ts';
import { createTerminal, seconds } from './launcher/terminal.ts';
import { provisionTestTools } from './launcher/test-tools.ts';
import { countsLine, runVitest } from './launcher/vitest-run.ts';

const AT_ONCE = 2;
/** Minutes of killed processes and of whole data sets. */
const LONG = ['tests/faults/**', 'tests/conformance/**', 'tests/stargifts/soak.test.ts'];
const startedAtMs = Date.now();
const terminal = createTerminal(process.stdout);
const supervisor = createSupervisor(terminal.say);
const ended = new AbortController();

interface Failure {
  readonly check: Check;
  readonly output: string;
}

/** All failures, in the order of CHECKS. */
async function runStaticChecks(): Promise<Failure[]> {
  const waiting = [...CHECKS];
  const failures: Failure[] = [];
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const current = check;
      const { ok, output } = await terminal.step(
        current.name,
        () => runCheck(current, ended.signal),
        (result) => (result.ok ? '' : 'FAILED'),
      );
      if (!ok) failures.push({ check: current, output });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failures;
}

function show({ check, output }: Failure): void {
  terminal.say(`\n── ${check.name} ──\n${output.trim()}\nTo put it right: ${check.fix}`);
}

await runToTheEnd(
  supervisor,
  {
    say: terminal.say,
    onStop: () => {
      ended.abort();
    },
  },
  async () => {
    const failures = await runStaticChecks();
    if (failures.length > 0) {
      for (const failure of failures.toReversed()) show(failure);
      terminal.say(
        `\ncheck: ${failures.map(({ check }) => check.name).join(', ')} FAILED, tests not run (${seconds(Date.now() - startedAtMs)})`,
      );
      return 1;
    }
    const counts = await runVitest(
      LONG.flatMap((files) => ['--exclude', files]),
      await provisionTestTools(supervisor, terminal),
    );
    terminal.say(countsLine(counts));
    const outcome = counts.failed === 0 ? 'everything passed' : 'tests FAILED';
    terminal.say(`check: ${outcome} (${seconds(Date.now() - startedAtMs)})`);
    return counts.failed === 0 ? 0 : 1;
  },
);
