import { createServer } from 'node:net';
import { listen } from '../listen.ts';
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
  dc.port = await listen(server, options.port);
  const controlUrl = `http://127.0.0.1:${await listen(control, options.controlPort)}`;
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
