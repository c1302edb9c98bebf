import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The folder of the project. */
export const ROOT = resolve(import.meta.dirname, '..', '..');

/** What was downloaded or built for this clone; safe to delete. */
export const CACHE = join(ROOT, '.cache');

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first of `files` that can be executed. */
export const firstExecutable = (files: readonly string[]): string | undefined => files.find(isExecutable);

/** Where `names` (in order of preference) is found on the PATH. */
export function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return firstExecutable(names.flatMap((name) => folders.map((folder) => join(folder, name))));
}
