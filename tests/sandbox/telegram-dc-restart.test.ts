import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { tl } from '@mtcute/node';
import Long from 'long';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createControlClient } from '../../sandbox/telegram-dc/control/client.ts';
import { ONCE, connectTo, refusalOf } from './telegram-dc-client.ts';

let directory: string;
let running: ChildProcess | undefined;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'telegram-dc-'))));
afterAll(async () => {
  running?.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

const readySchema = z.object({ port: z.int(), controlUrl: z.string(), publicKey: z.string() });

async function start(...args: string[]) {
  const file = new URL('../../sandbox/telegram-dc/main.ts', import.meta.url);
  const child = fork(file, ['--data-dir', directory, ...args], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running = child;
  const message = await new Promise<unknown>((resolve) => child.once('message', resolve));
  const ready = readySchema.parse(message);
  return { ...ready, control: createControlClient(ready.controlUrl), child };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

test('a killed datacentre goes on where it was: keys, stars, forms; the client comes back by itself', async () => {
  const first = await start();
  const phone = '79993000001';
  await first.control.addUser({ phone, balance: 250 });
  const [gift] = await first.control.releaseGifts({ gifts: [{ stars: 100, total: 3 }] });
  const client = await connectTo(first, await first.control.addAuthKey({ account: phone }));
  const invoice: tl.RawInputInvoiceStarGift = {
    _: 'inputInvoiceStarGift',
    peer: { _: 'inputPeerSelf' },
    giftId: Long.fromString(gift?.id ?? ''),
  };
  const { formId } = await client.call({ _: 'payments.getPaymentForm', invoice }, ONCE);
  const { formId: unpaid } = await client.call({ _: 'payments.getPaymentForm', invoice }, ONCE);
  await client.call({ _: 'payments.sendStarsForm', formId, invoice }, ONCE);
  await kill(first.child);

  const second = await start('--port', String(first.port));
  expect(second.publicKey).toBe(first.publicKey);
  const again = client.call({ _: 'payments.sendStarsForm', formId, invoice }, ONCE);
  expect(await refusalOf(again)).toBe('FORM_SUBMIT_DUPLICATE');
  await client.call({ _: 'payments.sendStarsForm', formId: unpaid, invoice }, ONCE);
  expect(await second.control.ledger({ account: phone })).toMatchObject({ balance: 50, purchases: [{}, {}] });
  expect((await second.control.gifts({}))[0]?.remaining).toBe(1);
  expect(await second.control.counters({})).toMatchObject({
    duplicatedKeys: 0,
    doubleCharges: 0,
    unbalancedAccounts: 0,
  });
  await client.destroy();
  await kill(second.child);
});
