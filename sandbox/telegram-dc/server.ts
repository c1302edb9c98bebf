import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { createControlClient, type TelegramDcControl } from './control/client.ts';
import { createCommands } from './control/commands.ts';
import { createControlServer } from './control/server.ts';
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
  /** MTProto on 127.0.0.1, as datacentre 2. */
  readonly port: number;
  readonly controlUrl: string;
  /** PKCS#1 PEM that clients have to trust. */
  readonly publicKey: string;
  /** The control API at `controlUrl`. */
  readonly control: TelegramDcControl;
  stop(): Promise<void>;
}

/** Opens the datacentre on 127.0.0.1; rejects when a port is taken or the data directory is unreadable. */
export async function startTelegramDc(options: TelegramDcOptions = {}): Promise<RunningTelegramDc> {
  const dc = new Datacentre(options.dataDir ?? null);
  const dispatcher = new Dispatcher(dc, allMethods);
  const network = new Network(dc, dispatcher);
  const server = createServer((socket) => {
    network.accept(socket);
  });
  const control = createControlServer(createCommands({ dc, dispatcher, network }));
  dc.port = await listen(server, options.port ?? 0);
  const controlUrl = `http://127.0.0.1:${await listen(control, options.controlPort ?? 0)}`;
  return {
    port: dc.port,
    controlUrl,
    publicKey: dc.serverKey.publicPem,
    control: createControlClient(controlUrl),
    stop: async () => {
      network.disconnect();
      control.closeAllConnections();
      await Promise.all([server, control].map(async (closing) => await new Promise((done) => closing.close(done))));
      dc.store.close();
    },
  };
}

async function listen(server: Server | HttpServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the datacentre has no port');
  return address.port;
}
