import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

const root = new URL('../', import.meta.url);
const cache = new URL('.cache/', root);
/** Everything that the bundle can contain; the lockfile stands for the packages. */
const SOURCES = ['workflows', 'contracts', 'domain', 'package-lock.json', 'workers/workflow-bundle.ts'];
const MAKE_MS = 120_000;

/** The workflow code as one script. Made once per state of the sources and kept, because webpack takes seconds. */
export async function workflowBundle(): Promise<WorkflowBundle> {
  const kept = (await keptBundle()) ?? (await madeElsewhere());
  return { code: kept ?? (await makeBundle()) }; // a read-only image bundles anew at each start
}

/** Makes the bundle of these sources and keeps it for the next start. @throws Error when it cannot be written */
export async function keepBundle(): Promise<void> {
  const code = await makeBundle();
  const file = await bundleFile();
  await mkdir(cache, { recursive: true });
  const half = new URL(`${file.href}.${process.pid}`);
  await writeFile(half, code);
  await rename(half, file);
}

/** In a process that ends: webpack would leave 150 MB behind in a worker. */
async function madeElsewhere(): Promise<string | null> {
  const script = fileURLToPath(new URL('keep-bundle.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [script], { timeout: MAKE_MS }).catch(() => undefined);
  return await keptBundle();
}

async function keptBundle(): Promise<string | null> {
  return await readFile(await bundleFile(), 'utf8').catch(() => null);
}

async function makeBundle(): Promise<string> {
  const workflowsPath = fileURLToPath(new URL('workflows/index.ts', root));
  // Loaded once for all: no module keeps anything of a workflow (lint), and each cached workflow takes 50 kB instead of 145.
  const { code } = await bundleWorkflowCode({
    ...{ workflowsPath, preloadModules: [workflowsPath] },
    logger: new DefaultLogger('ERROR'),
  });
  return code;
}

async function bundleFile(): Promise<URL> {
  return new URL(`workflows-${await sourceHash()}.js`, cache);
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
