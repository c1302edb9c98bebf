import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FOLLOW_PARENT } from './child.ts';
import { CACHE, ROOT } from './paths.ts';

const REPORT = join(CACHE, 'test-results.json');

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

export interface TestCounts {
  readonly passed: number;
  /** Tests that failed, files that could not be run, and at least one when the run itself failed. */
  readonly failed: number;
  readonly skipped: number;
}

/** Reads vitest's JSON report; a run that ended badly is never without a failure. */
export function countTests(report: unknown, exitCode: number): TestCounts {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.data;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = numFailedTests + broken.length;
  const runFailed = exitCode !== 0 || !parsed.data.success;
  return {
    passed: numPassedTests,
    failed: failed === 0 && runFailed ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

/** The line that ends a test run. */
export const countsLine = ({ passed, failed, skipped }: TestCounts): string =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;

function readReport(): unknown {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    return undefined; // vitest ended before it could write one
  }
}

/** Runs vitest with its own output shown. A signal reaches it from here, because it has no terminal of its own. */
export async function runVitest(args: readonly string[], env: Readonly<Record<string, string>>): Promise<TestCounts> {
  mkdirSync(CACHE, { recursive: true });
  rmSync(REPORT, { force: true });
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, vitest, 'run', ...reporters, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  const exitCode = await new Promise<number>((resolve) => {
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
  return countTests(readReport(), exitCode);
}
