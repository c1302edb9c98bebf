import { readdirSync } from 'node:fs';

/** What a suite found when it ran over a data file. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** Cases that are out of scope: counted, neither passed nor failed. */
  readonly skipped?: number;
  /** One line for each failed case: its id, what came out and what was expected. */
  readonly failures: readonly string[];
  /** Figures, "name value", printed before the closing line. */
  readonly lines?: readonly string[];
}

/** What every file in `suites/` exports. */
export interface Suite {
  /** Runs over a data file (for some suites a folder); rejects when it cannot be read or understood. */
  readonly run: (file: string) => Promise<SuiteResult>;
}

const FOLDER = new URL('./suites/', import.meta.url);

/** Names of all suites: the files of `suites/`. */
export function suiteNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

function isSuite(module: unknown): module is Suite {
  return typeof module === 'object' && module !== null && 'run' in module && typeof module.run === 'function';
}

/**
 * Loads one suite by name, and nothing of the others: a broken one does not stop them.
 * @throws Error naming all suites when there is none of that name
 */
export async function loadSuite(name: string): Promise<Suite> {
  if (!suiteNames().includes(name)) {
    throw new Error(`unknown suite "${name}"; there are: ${suiteNames().join(', ')}`);
  }
  const module: unknown = await import(new URL(`${name}.ts`, FOLDER).href);
  if (!isSuite(module)) throw new Error(`suites/${name}.ts exports no function "run"`);
  return module;
}

/** The value of the line "name value …" of a result, e.g. "price F1 0.912". @throws Error when there is none */
export function figure(result: SuiteResult, name: string): number {
  const line = result.lines?.find((candidate) => candidate.startsWith(`${name} `));
  const value = Number.parseFloat(line?.slice(name.length) ?? '');
  if (Number.isNaN(value)) throw new Error(`the suite printed no figure "${name}"`);
  return value;
}
