/**
 * Records one history per path of `watchGifts` and `buyDrop`: `node tests/replay/record-stargifts.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { buyNow, pauseWatch, pollNow, resumeWatch, stopDrop, watchState } from '../../client/stargifts.ts';
import { buyDropWorkflowId, watchGiftsWorkflowId } from '../../contracts/stargifts.ts';
import { startStargiftStage, until } from '../support/stargift-stage.ts';

const stage = await startStargiftStage();
const { client, control } = stage;

async function keep(workflowId: string, name: string): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  writeFileSync(file, historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory()));
}

/** Sold out and planned again, paused and resumed, looked at by hand, switched off. */
async function recordWatching(): Promise<void> {
  const { userId, accounts } = await stage.user({ balances: [100, 50] });
  await stage.watch(userId);
  const fault = { kind: 'error', code: 400, message: 'STARGIFT_USAGE_LIMITED' } as const;
  const account = accounts[0]?.telegramId ?? '';
  await control.addFaults({ faults: [{ ...fault, method: 'payments.sendStarsForm', account }] });
  await control.releaseGifts({
    gifts: [
      { stars: 90, total: 5 },
      { stars: 45, total: 50_000 },
    ],
  });
  await keep(buyDropWorkflowId(userId, await stage.dropEnded(userId)), 'buyDrop.planned-again');
  await pauseWatch(client, userId);
  await pollNow(client, userId);
  await resumeWatch(client, userId);
  await until(async () => (await watchState(client, userId))?.state === 'watching');
  await stage.unwatch(userId);
  await keep(watchGiftsWorkflowId(userId), 'watchGifts.paused-and-switched-off');
}

/** A lock that ends, and a wait that a stop ends. */
async function recordWaiting(): Promise<void> {
  const { userId, accounts } = await stage.user({ balances: [100] });
  const account = accounts[0]?.telegramId ?? '';
  await stage.watch(userId);
  const soon = Math.ceil(Date.now() / 1000 + 1.5) * 1000;
  await control.releaseGifts({ gifts: [{ stars: 60, total: 1, accountLocks: { [account]: soon } }] });
  await keep(buyDropWorkflowId(userId, await stage.dropEnded(userId)), 'buyDrop.locked');
  const method = 'payments.getPaymentForm';
  const flood = { method, account, kind: 'error', code: 420, message: 'FLOOD_WAIT_600' } as const;
  await control.addFaults({ faults: [flood] });
  await control.releaseGifts({ gifts: [{ stars: 40, total: 10 }] });
  const dropId = await until(async () => {
    const [row] = await stage.rows(`select drop_id as id from purchase where user_id = ? and state = 'PLANNED'`, [
      userId,
    ]);
    const asked = await control.requests({ method, account });
    return asked.length > 0 && typeof row?.['id'] === 'string' ? row['id'] : null;
  });
  await stopDrop(client, userId, dropId);
  await stage.dropEnded(userId, 2);
  await keep(buyDropWorkflowId(userId, dropId), 'buyDrop.stopped');
  await stage.unwatch(userId);
}

async function recordByHand(): Promise<void> {
  const { userId, accounts, target } = await stage.user({ balances: [100] });
  const [gift] = await control.releaseGifts({ gifts: [{ stars: 30, total: 10 }] });
  await pollNow(client, userId);
  await client.workflow.getHandle(watchGiftsWorkflowId(userId)).result();
  await keep(watchGiftsWorkflowId(userId), 'watchGifts.once');
  const order = { accountId: accounts[0]?.accountId ?? '', giftId: gift?.id ?? '', target, maxStars: 30 };
  const dropId = await buyNow(client, { userId, idempotencyKey: 'key' }, order);
  await client.workflow.getHandle(buyDropWorkflowId(userId, dropId)).result();
  await keep(buyDropWorkflowId(userId, dropId), 'buyDrop.by-hand');
}

await recordWatching();
await recordWaiting();
await recordByHand();
await stage.stop();
process.exit(0);
