import { createServer, type Server } from 'node:net';
import { Datacentre } from './datacentre.ts';
import { Dispatcher } from './dispatcher.ts';
import { allMethods } from './methods/all.ts';
import { Network } from './network.ts';

export interface TelegramDcOptions {
  /** MTProto; 0 = any free port. */
  readonly port?: number;
  /** HTTP control; 0 = any free port. */
  readonly controlPort?: number;
  /** Where state survives the process; without it everything is forgotten at the end. */
  readonly dataDir?: string;
}

export interface RunningTelegramDc {
  readonly port: number;
  /** PKCS#1 PEM that clients have to trust. */
  readonly publicKey: string;
  stop(): Promise<void>;
}

/** Opens the datacentre on 127.0.0.1; rejects when a port is taken or the data directory is unreadable. */
export async function startTelegramDc(options: TelegramDcOptions = {}): Promise<RunningTelegramDc> {
  const dc = new Datacentre(options.dataDir ?? null);
  const network = new Network(dc, new Dispatcher(dc, allMethods));
  const server = createServer((socket) => {
    network.accept(socket);
  });
  dc.port = await listen(server, options.port ?? 0);
  return {
    port: dc.port,
    publicKey: dc.serverKey.publicPem,
    stop: async () => {
      network.disconnect();
      await new Promise((done) => server.close(done));
      dc.store.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the datacentre has no port');
  return address.port;
}
