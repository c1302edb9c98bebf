/**
 * Records one history per path of `keepHabit`: `node tests/replay/record-agenda-habits.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import { createHabitActivities } from '../../activities/agenda/habits.ts';
import { planAgain } from '../../client/agenda.ts';
import { changeHabit, createHabit } from '../../client/habits.ts';
import type { HabitChange } from '../../contracts/habits.ts';
import { addDays, dateOf } from '../../domain/agenda/zoned-time.ts';
import { renderPng } from '../../providers/pictures/render-png.ts';
import { habitWith } from '../support/a-habit.ts';
import { startDatabase } from '../support/database.ts';
import { startHabitStage } from '../support/habit-stage.ts';
import { addUser } from '../support/outbox.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

async function keep(client: Client, name: string, { id, runId }: { id: string; runId?: string }): Promise<void> {
  const file = new URL(`./histories/keepHabit.${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const history = historyToJSON(await client.workflow.getHandle(id, runId).fetchHistory());
  // Stack traces name the folder in which this ran.
  writeFileSync(file, history.replaceAll(`${process.cwd()}/`, ''));
}

/** Asks for two days, is ticked, planned anew, refused something, paused, taken up again, and put away. */
async function recordDays(): Promise<void> {
  const stage = await startHabitStage();
  const habit = await stage.begin(await stage.person(), { promptTimes: ['09:00', '21:00'] });
  const id = `habit:${habit.habitId}`;
  const day = addDays(dateOf(await stage.now(), 'Europe/Berlin'), 1);
  await stage.passTo(day, '10:00');
  await stage.change(habit, { kind: 'mark', day, mark: 'done' });
  await planAgain(stage.client, [id]);
  await stage.change(habit, { kind: 'mark', day: '2199-01-01', mark: 'done' }).catch(() => undefined);
  await stage.passTo(addDays(day, 1), '22:00');
  await stage.change(habit, { kind: 'define', patch: { promptTimes: ['08:00'] } });
  await stage.change(habit, { kind: 'archive' });
  await stage.client.workflow.getHandle(id).result();
  await keep(stage.client, 'asked-and-ticked', { id });
  await stage.stop();
}

/** So many changes that it continues as new. */
async function recordContinued(): Promise<void> {
  const [database, env] = await Promise.all([
    startDatabase(),
    startTemporal(['limit.historyCount.suggestContinueAsNew=20']),
  ]);
  const em = () => database.orm.em.fork();
  const userId = await addUser(database.orm);
  await em().execute('insert into user_settings (user_id) values (?) on conflict do nothing', [userId]);
  const wakeSenders = () => Promise.resolve();
  await withWorkers(env, createHabitActivities({ em, wakeSenders, renderPng }), async () => {
    const habitId = randomUUID();
    await createHabit(env.client, habitId, { ...habitWith({ promptTimes: ['09:00'] }), userId });
    const handle = env.client.workflow.getHandle(`habit:${habitId}`);
    const { runId } = await handle.describe();
    const changes: HabitChange[] = [
      { kind: 'mark', day: '2026-01-05', mark: 'done' },
      { kind: 'mark', day: '2026-01-05', mark: null },
    ];
    for (let turn = 0; (await handle.describe()).runId === runId; turn += 1) {
      const change = changes[turn % 2] ?? { kind: 'resume' };
      await changeHabit(env.client, { userId, habitId, requestId: randomUUID() }, change);
    }
    await keep(env.client, 'continued', { id: `habit:${habitId}`, runId });
  });
  await Promise.all([database.stop(), env.teardown()]);
}

await recordDays();
await recordContinued();
process.exit(0);
