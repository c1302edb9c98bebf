import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadSuite, suiteNames, type SuiteResult } from '../tests/conformance/suite.ts';

const SHOWN_FAILURES = 100;
const USAGE = `usage: npm run conformance -- SUITE FILE [--all]
  SUITE  one of: ${suiteNames().join(', ')}
  FILE   its data, e.g. ../shared/data/prices/prices.json
  --all  print every failure, not the first ${SHOWN_FAILURES}`;

/** npm runs scripts in the project's folder; a relative path may be meant from where the user stands. */
function findFile(path: string): string {
  const places = [process.cwd(), process.env['INIT_CWD'] ?? process.cwd()].map((folder) => resolve(folder, path));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`no such file: ${path}`);
  return found;
}

function report(result: SuiteResult, all: boolean): string {
  const shown = all ? result.failures : result.failures.slice(0, SHOWN_FAILURES);
  const hidden = result.failures.length - shown.length;
  return [
    ...shown.map((failure) => `FAILED ${failure}`),
    ...(hidden > 0 ? [`… and ${hidden} more failures (--all prints them)`] : []),
    ...(result.skipped === undefined ? [] : [`${result.skipped} skipped`]),
    ...(result.lines ?? []),
    `${result.passed} passed, ${result.failed} failed`,
  ].join('\n');
}

async function main(args: readonly string[]): Promise<void> {
  const [name, file] = args.filter((arg) => !arg.startsWith('--'));
  if (name === undefined || file === undefined) throw new Error(USAGE);
  const suite = await loadSuite(name);
  const result = await suite.run(findFile(file));
  process.stdout.write(`${report(result, args.includes('--all'))}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (err) {
  process.stderr.write(`${err instanceof Error ? err.message : String(err)}\n`);
  process.exitCode = 1;
}
