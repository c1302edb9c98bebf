import { createServer } from 'node:http';
import { z } from 'zod';
import { listen } from '../../sandbox/listen.ts';

const Update = z.record(z.string(), z.unknown());

export interface Told {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly update: Record<string, unknown>;
}

/** A bot's end of a webhook; `statuses` are its first answers, then it says 200. */
export async function startListener(...statuses: readonly number[]) {
  const told: Told[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const left = [...statuses];
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      told.push({ headers: request.headers, update: Update.parse(JSON.parse(Buffer.concat(chunks).toString())) });
      response.writeHead(left.shift() ?? 200).end();
      for (const { count, resolve } of waiting) if (told.length >= count) resolve();
    });
  });
  const port = await listen(server);
  return {
    told,
    url: `http://127.0.0.1:${port}/hook`,
    /** Resolves with the update of this number, from 1. */
    async nth(count: number): Promise<Told> {
      await new Promise<void>((resolve) => {
        if (told.length >= count) resolve();
        else waiting.push({ count, resolve });
      });
      const update = told[count - 1];
      if (update === undefined) throw new Error('no update');
      return update;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
