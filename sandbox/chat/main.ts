import { parseArgs } from 'node:util';
import { startChatPage } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    telegram: { type: 'string' },
    max: { type: 'string' },
  },
});

const page = await startChatPage({
  port: Number(values.port),
  host: values.host,
  telegram: values.telegram ?? null,
  max: values.max ?? null,
});

async function stop(): Promise<void> {
  await page.stop();
  if (process.connected) process.disconnect();
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// Started by a launcher with an IPC channel: never outlive it.
process.once('disconnect', () => void stop());

process.stdout.write(`chat page ready at ${page.url}\n`);
process.send?.({ url: page.url, port: page.port });
