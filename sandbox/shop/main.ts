import { parseArgs } from 'node:util';
import { startShop } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    products: { type: 'string' },
    latency: { type: 'string', default: '0' },
  },
});

const shop = await startShop({
  port: Number(values.port),
  host: values.host,
  latencyMs: Number(values.latency),
  ...(values.products === undefined ? {} : { products: Number(values.products) }),
});

async function stop(): Promise<void> {
  await shop.stop();
  if (process.connected) process.disconnect();
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// Started by a launcher with an IPC channel: never outlive it.
process.once('disconnect', () => void stop());

process.stdout.write(`shop ready at ${shop.url} with ${shop.products.length} products\n`);
process.send?.({ url: shop.url, port: shop.port });
