import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CONFIG = '.dependency-cruiser.cjs';

/** One violation of each rule; every other import here is allowed. */
const PLANTED: Readonly<Record<string, string>> = {
  'domain/loop-a.ts': `import './loop-b.ts'; export const a = 1;`,
  'domain/loop-b.ts': `import './loop-a.ts'; export const b = 1;`,
  'domain/alone.ts': `export const alone = 1;`,
  'domain/impure.ts': `import { readFileSync } from 'node:fs'; import './loop-a.ts'; export { readFileSync };`,
  'domain/agenda/impure.ts': `import { z } from 'zod'; export { z };`,
  'workflows/calendar.ts': `import { z } from '../domain/agenda/impure.ts'; export { z };`,
  'contracts/fat.ts': `import { z } from 'zod'; export { z };`,
  'workflows/impure.ts': `import { send } from '../activities/send.ts'; export { send };`,
  'workflows/nosy.ts': `import type { Row } from '../db/row.ts'; export type { Row };`,
  'activities/send.ts': `import { chat } from '../providers/chat.ts'; export const send = chat;`,
  'providers/chat.ts': `import { row } from '../db/row.ts'; export const chat = row;`,
  'db/row.ts': `import { send } from '../activities/send.ts'; export type Row = number; export const row = send;`,
  'client/start.ts': `import { impure } from '../workflows/impure.ts'; export { impure };`,
  'api/nosy.ts': `import { chat } from '../providers/chat.ts'; export { chat };`,
  'api/main.ts': `import { chat } from '../providers/chat.ts'; export { chat };`,
  'api/played.ts': `import { toy } from '../sandbox/toy.ts'; export { toy };`,
  'sandbox/toy.ts': `import fc from 'fast-check'; export const toy = fc;`,
  'config/tested.ts': `import fc from 'fast-check'; export { fc };`,
};

const Report = z.object({
  summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string() })) }),
});
const Rules = z.object({ forbidden: z.array(z.object({ name: z.string() })) });

function cruise(folder: string): z.output<typeof Report> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '.', '--config', CONFIG, '--output-type', 'json'];
  try {
    return Report.parse(
      JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 })),
    );
  } catch (err) {
    // It exits with the number of violations; the report is on stdout all the same.
    return Report.parse(JSON.parse(z.object({ stdout: z.string() }).parse(err).stdout));
  }
}

test('every layer rule fires on a planted violation', () => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'layers-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [file, text] of Object.entries(PLANTED)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const file of [CONFIG, 'tsconfig.json', 'package.json']) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  const fired = new Set(cruise(folder).summary.violations.map(({ rule }) => rule.name));
  const rules = Rules.parse(createRequire(import.meta.url)(join(root, CONFIG))).forbidden.map(({ name }) => name);
  expect([...fired].sort()).toEqual([...rules].sort());
});
