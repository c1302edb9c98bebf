import { parseArgs } from 'node:util';
import { startTelegramDc } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    'data-dir': { type: 'string' },
  },
});

const dc = await startTelegramDc({
  port: Number(values.port),
  controlPort: Number(values['control-port']),
  ...(values['data-dir'] === undefined ? {} : { dataDir: values['data-dir'] }),
});

async function stop(): Promise<void> {
  await dc.stop();
  if (process.connected) process.disconnect();
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// Started by a launcher with an IPC channel: never outlive it.
process.once('disconnect', () => void stop());

process.stdout.write(`telegram-dc ready at 127.0.0.1:${dc.port}, control at ${dc.controlUrl}\n`);
process.send?.({ port: dc.port, controlUrl: dc.controlUrl, publicKey: dc.publicKey });
