import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

const root = new URL('../', import.meta.url);
const cache = new URL('.cache/', root);
/** Everything that the bundle can contain; the lockfile stands for the packages. */
const SOURCES = ['workflows', 'contracts', 'domain', 'package-lock.json'];

/** The workflow code as one script. Made once per state of the sources and kept, because webpack takes seconds. */
export async function workflowBundle(): Promise<WorkflowBundle> {
  const file = new URL(`workflows-${await sourceHash()}.js`, cache);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return { code: kept };
  const workflowsPath = fileURLToPath(new URL('workflows/index.ts', root));
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  await keep(file, code).catch(() => undefined); // a read-only image bundles anew at each start
  return { code };
}

async function keep(file: URL, code: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const half = new URL(`${file.href}.${process.pid}`);
  await writeFile(half, code);
  await rename(half, file);
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const name of await filesBelow(source)) hash.update(name).update(await readFile(new URL(name, root)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesBelow(source: string): Promise<string[]> {
  if (source.includes('.')) return [source];
  const entries = await readdir(new URL(`${source}/`, root), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => `${entry.parentPath.slice(fileURLToPath(root).length)}/${entry.name}`)
    .sort();
}
