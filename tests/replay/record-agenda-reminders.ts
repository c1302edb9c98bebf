/**
 * Records one history per path of `remind` and `moveZone`: `node tests/replay/record-agenda-reminders.ts`. Those of `remind`
 * without `local` in their names are of runs begun before decision 47.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createReminderActivities } from '../../activities/agenda/reminders.ts';
import { createZoneActivities } from '../../activities/agenda/zones.ts';
import { planAgain } from '../../client/agenda.ts';
import { changeReminder, createReminder } from '../../client/reminders.ts';
import { changeZone } from '../../client/zone.ts';
import { promiseWorkflowId } from '../../contracts/agenda.ts';
import type { ReminderChange } from '../../contracts/reminders.ts';
import { moveZoneWorkflowId } from '../../contracts/zones.ts';
import { reminderAt, type ReminderDefinition } from '../../domain/agenda/reminder.ts';
import { startDatabase } from '../support/database.ts';
import { addUser } from '../support/outbox.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

const SOON_MS = 4_000;
const early = ['limit.historyCount.suggestContinueAsNew=20'];
const [database, env] = await Promise.all([startDatabase(), startTemporal(early)]);
const em = () => database.orm.em.fork();
const userId = await addUser(database.orm);
await em().execute('insert into user_settings (user_id) values (?)', [userId]);
await em().execute(
  `insert into chat (messenger, chat_id, user_id, person_id, name) values ('telegram', 7, ?, 7, 'Anna')`,
  [userId],
);

async function keep(workflowId: string, name: string, runId?: string): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const handle = env.client.workflow.getHandle(workflowId, runId);
  writeFileSync(file, historyToJSON(await handle.fetchHistory()));
}

const idOf = (reminderId: string): string => promiseWorkflowId('reminder', reminderId);
const soon = (): string => new Date(Date.now() + SOON_MS).toISOString().slice(0, 19);

async function remind(given: Partial<ReminderDefinition>): Promise<string> {
  const reminderId = randomUUID();
  const reminder = reminderAt({ text: 'stretch', start: soon(), ...given });
  await createReminder(env.client, { reminderId, userId }, { ...reminder, userId });
  return reminderId;
}
const change = async (reminderId: string, what: ReminderChange) =>
  await changeReminder(env.client, { reminderId, userId }, { change: what, requestId: randomUUID() });
const over = async (reminderId: string): Promise<void> => {
  await env.client.workflow.getHandle(idOf(reminderId)).result();
};

async function recordOnce(): Promise<void> {
  const reminderId = await remind({});
  await over(reminderId);
  await keep(idOf(reminderId), 'remind.local-once');
  await change(reminderId, { kind: 'snooze', occurrence: null, untilMs: Date.now() + 2_000 });
  await over(reminderId);
  await keep(idOf(reminderId), 'remind.local-snoozed-when-over');
}

async function recordEdited(): Promise<void> {
  const reminderId = await remind({ start: '2040-01-02T08:30:00', rule: 'FREQ=WEEKLY' });
  await change(reminderId, { kind: 'edit', edit: { text: 'run', rule: 'FREQ=DAILY' } });
  await change(reminderId, { kind: 'pause' });
  await changeZone(env.client, { userId, zone: 'Asia/Tokyo' });
  await keep(moveZoneWorkflowId(userId), 'moveZone.moved');
  await change(reminderId, { kind: 'resume' });
  await change(reminderId, { kind: 'delete' });
  await over(reminderId);
  await keep(idOf(reminderId), 'remind.local-edited-moved-and-deleted');
  await changeZone(env.client, { userId, zone: 'UTC' });
}

/** Enough changes for a new run. */
async function recordContinued(): Promise<void> {
  const reminderId = await remind({ start: '2040-01-02T08:30:00', rule: 'FREQ=DAILY' });
  const handle = env.client.workflow.getHandle(idOf(reminderId));
  const { runId } = await handle.describe();
  while ((await handle.describe()).runId === runId) await change(reminderId, { kind: 'skip', occurrence: null });
  await keep(idOf(reminderId), 'remind.local-continued', runId);
  await change(reminderId, { kind: 'delete' });
  await over(reminderId);
  await keep(idOf(reminderId), 'remind.local-deleted-in-a-new-run');
}

async function recordRefused(): Promise<void> {
  const reminderId = await remind({ start: '2040-01-02T08:30:00' });
  await change(reminderId, { kind: 'edit', edit: { start: '2020-01-01T00:00:00' } }).catch(() => null);
  await change(reminderId, { kind: 'snooze', occurrence: null, minutes: -1 }).catch(() => null);
  await change(reminderId, { kind: 'delete' });
  await over(reminderId);
  await keep(idOf(reminderId), 'remind.local-refused-changes');
}

/** The local activity fails, the other tells it. */
async function recordRepeated(): Promise<void> {
  failing = true;
  const reminderId = await remind({});
  await over(reminderId);
  await keep(idOf(reminderId), 'remind.local-failed-and-repeated');
}

let failing = false;
const kept = createReminderActivities({ em, wakeSenders: () => Promise.resolve() });
const activities = {
  ...kept,
  fireReminder: async (moment: Parameters<typeof kept.fireReminder>[0]) => {
    if (!failing) return await kept.fireReminder(moment);
    failing = false;
    throw new Error('the database is away');
  },
  ...createZoneActivities({ em, planAgain: planAgain.bind(null, env.client) }),
};
await withWorkers(env, activities, async () => {
  await recordOnce();
  await recordEdited();
  await recordContinued();
  await recordRefused();
  await recordRepeated();
});
await Promise.all([database.stop(), env.teardown()]);
process.exit(0);
