import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, startReminderCrowd, type ReminderCrowd } from '../support/reminder-crowd.ts';

const COUNT = 2_000;
const TIMEOUT_MS = 600_000;

let crowd: ReminderCrowd;
beforeAll(async () => {
  crowd = await startReminderCrowd();
  await crowd.worker.start();
}, 120_000);
afterAll(async () => await crowd.stop());

test(
  `${COUNT} reminders due at once, the worker killed in the middle: none is lost, none comes twice`,
  async () => {
    const { worker } = crowd;
    const told = async () => await crowd.told();
    // All are due a moment ahead of the last: those that are made later are due at once.
    const dueMs = Math.floor(Date.now() / 1000) * 1000 + 30_000;
    await crowd.remind(COUNT, () => dueMs);
    await eventually('a third is told', async () => (await told()).messages >= COUNT / 3, TIMEOUT_MS / 3);
    await worker.kill();
    const killedAt = await told();
    expect(killedAt.messages).toBeLessThan(COUNT);
    await worker.start();
    await eventually('all are told', async () => (await told()).occurrences === COUNT, TIMEOUT_MS / 2);
    await eventually('all are over', async () => (await open()) === 0, TIMEOUT_MS / 3);
    expect(await told()).toEqual({ messages: COUNT, occurrences: COUNT });
    const states = await crowd.rows<{ state: string; count: number }>(
      'select state, count(*)::int as count from reminder_occurrence group by state',
    );
    expect(states).toEqual([{ state: 'sent', count: COUNT }]);
  },
  TIMEOUT_MS,
);

async function open(): Promise<number> {
  const [row] = await crowd.rows<{ count: number }>(
    `select count(*)::int as count from reminder where state = 'active'`,
  );
  return row?.count ?? 0;
}
