import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../tests/support/free-port.ts';

export interface SiteOptions {
  readonly products: number;
  /** Size of a product page. */
  readonly kilobytes: number;
  /** Added to every answer. */
  readonly latencyMs: number;
}

export interface Site {
  readonly url: string;
  readonly host: string;
  stop(): Promise<void>;
}

/** The benchmark shop of `folder` as a process of its own, so that its CPU is nobody's. */
export async function startSite(folder: string, { products, kilobytes, latencyMs }: SiteOptions): Promise<Site> {
  const port = await freePort();
  const args = ['--port', port, '--products', products, '--kb', kilobytes, '--latency', latencyMs].map(String);
  const child: ChildProcess = spawn(process.execPath, [`${folder}/site.mjs`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('no output of the site');
  await once(createInterface(child.stdout), 'line');
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
