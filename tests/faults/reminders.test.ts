import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, startReminderCrowd, type ReminderCrowd } from '../support/reminder-crowd.ts';

/** More than a worker has in hand at once, so that it dies in the middle. `REMINDERS=10000` makes it the whole acceptance test. */
const COUNT = Number(process.env['REMINDERS'] ?? 600);
/** Made first, for a day later, to see how fast this machine makes them. */
const PILOT = 25;
const DAY_MS = 86_400_000;
const TIMEOUT_MS = 600_000 + COUNT * 200;

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
    const startedAt = performance.now();
    await crowd.remind(PILOT, () => wholeSecond(Date.now() + DAY_MS));
    // What is made after its time is never told: all have to be there before.
    const leadMs = 15_000 + COUNT * ((performance.now() - startedAt) / PILOT);
    const dueMs = wholeSecond(Date.now() + leadMs);
    await crowd.remind(COUNT, () => dueMs);
    expect(Date.now()).toBeLessThan(dueMs);
    await eventually('a third is told', async () => (await told()).messages >= COUNT / 3, leadMs + TIMEOUT_MS / 3);
    await worker.kill();
    const killedAt = await told();
    expect(killedAt.messages).toBeLessThan(COUNT);
    await worker.start();
    await eventually('all are told', async () => (await told()).occurrences === COUNT, TIMEOUT_MS / 2);
    await eventually('all are over', async () => (await crowd.over()) === COUNT, TIMEOUT_MS / 3);
    expect(await told()).toEqual({ messages: COUNT, occurrences: COUNT });
    const states = await crowd.rows<{ state: string; count: number }>(
      'select state, count(*)::int as count from reminder_occurrence group by state',
    );
    expect(states).toEqual([{ state: 'sent', count: COUNT }]);
  },
  TIMEOUT_MS,
);

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;
