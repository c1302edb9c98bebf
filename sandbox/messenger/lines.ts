import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file with one JSON value a line; without a folder nothing is kept. */
export interface Lines {
  /** In their order; a last line that a kill has cut off is left out. */
  read(): readonly unknown[];
  append(value: unknown): void;
  /** Starts over with these. */
  rewrite(values: readonly unknown[]): void;
}

export function openLines(folder: string | null, name: string): Lines {
  if (folder === null) return { read: () => [], append: () => undefined, rewrite: () => undefined };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  return {
    read: () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').flatMap(readLine) : []),
    append: (value) => appendFileSync(path, `${JSON.stringify(value)}\n`),
    rewrite(values) {
      writeFileSync(`${path}.new`, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
      renameSync(`${path}.new`, path);
    },
  };
}

function readLine(line: string): readonly unknown[] {
  try {
    return line === '' ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}
