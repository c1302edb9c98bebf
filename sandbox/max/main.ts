import { parseArgs } from 'node:util';
import { startMaxApi } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    'data-dir': { type: 'string' },
  },
});

const api = await startMaxApi({
  port: Number(values.port),
  host: values.host,
  dataDir: values['data-dir'] ?? null,
});

async function stop(): Promise<void> {
  await api.stop();
  if (process.connected) process.disconnect();
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// Started by a launcher with an IPC channel: never outlive it.
process.once('disconnect', () => void stop());

process.stdout.write(`max api ready at ${api.url} with ${api.messages().length} messages\n`);
process.send?.({ url: api.url, port: api.port });
