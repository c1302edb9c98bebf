import { chromiumSources } from './chromium.ts';
import { firstThatWorks, type Source } from './provision.ts';
import type { Supervisor } from './supervisor.ts';
import { provisionTemporalCli, temporalCliSources } from './temporal-cli.ts';
import type { Terminal } from './terminal.ts';
import { testServerSources } from './test-server.ts';

interface OptionalTool {
  readonly name: string;
  /** The variable by which the tests find it. */
  readonly variable: string;
  readonly without: string;
  readonly sources: readonly Source[];
}

async function optional(terminal: Terminal, tool: OptionalTool): Promise<Record<string, string>> {
  const { name, variable, without, sources } = tool;
  const result = await terminal.step(
    name,
    (progress) => firstThatWorks(sources, progress),
    ({ path }) => path ?? `not to be had: ${without}`,
  );
  if (result.path !== undefined) return { [variable]: result.path };
  for (const reason of result.reasons) terminal.say(`      ${reason}`);
  return {};
}

/** Finds or fetches the programs that tests drive. @returns variables for the test processes @throws SetupError without a Temporal server */
export async function provisionTestTools(supervisor: Supervisor, terminal: Terminal): Promise<Record<string, string>> {
  const [cli, testServer, chromium] = await Promise.all([
    terminal.step(
      'temporal',
      (progress) => provisionTemporalCli(temporalCliSources(supervisor), progress),
      ({ path }) => path,
    ),
    optional(terminal, {
      name: 'test server',
      variable: 'TEMPORAL_TEST_SERVER',
      without: 'tests in virtual time are SKIPPED',
      sources: testServerSources(supervisor),
    }),
    optional(terminal, {
      name: 'chromium',
      variable: 'CHROMIUM_PATH',
      without: 'tests of the page are SKIPPED',
      sources: chromiumSources(supervisor),
    }),
  ]);
  return { TEMPORAL_CLI: cli.path, ...testServer, ...chromium };
}
