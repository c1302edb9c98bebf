import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.ts';

export interface Check {
  readonly name: string;
  /** A script in node_modules, with its arguments. */
  readonly script: string;
  readonly args: readonly string[];
  /** How to put right what it finds. */
  readonly fix: string;
}

const cached = (name: string): string => join(CACHE, 'checks', name);

/** The checks that need no running program, longest first so that two cores finish together. */
export const CHECKS: readonly Check[] = [
  {
    name: 'lint',
    script: 'eslint/bin/eslint.js',
    args: ['.', '--max-warnings=0', '--cache', '--cache-strategy=content', '--cache-location', cached('eslint')],
    fix: 'npx eslint --fix .',
  },
  {
    name: 'types',
    script: 'typescript/bin/tsc',
    args: ['--noEmit', '--incremental', '--tsBuildInfoFile', cached('types.tsbuildinfo')],
    fix: 'see the messages above',
  },
  {
    name: 'dependency rules',
    script: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['.', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
    fix: 'see .dependency-cruiser.cjs for what may import what',
  },
  {
    name: 'format',
    script: 'prettier/bin/prettier.cjs',
    args: ['--check', '.', '--cache', '--cache-strategy=content', '--cache-location', cached('prettier')],
    fix: 'npx prettier --write .',
  },
];

export interface CheckResult {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs one check to its end and keeps what it prints. */
export function runCheck({ script, args }: Check, signal: AbortSignal): Promise<CheckResult> {
  mkdirSync(join(CACHE, 'checks'), { recursive: true });
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], { cwd: ROOT, signal });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once('error', (err) => {
      resolve({ ok: false, output: `${output}${err.message}` });
    });
    child.once('close', (code) => {
      resolve({ ok: code === 0, output });
    });
  });
}
