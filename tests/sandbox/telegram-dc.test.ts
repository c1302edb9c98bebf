import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelegramDc, type RunningTelegramDc } from '../../sandbox/telegram-dc/server.ts';
import { connectTo } from './telegram-dc-client.ts';

let dc: RunningTelegramDc;
beforeAll(async () => (dc = await startTelegramDc()));
afterAll(async () => await dc.stop());

test('a client agrees on a key of its own and learns where it is', async () => {
  const client = await connectTo(dc);
  const config = await client.call({ _: 'help.getConfig' });
  expect(config.thisDc).toBe(2);
  expect(config.dcOptions[0]?.port).toBe(dc.port);
  await client.destroy();
});
