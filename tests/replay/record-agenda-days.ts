/**
 * Records one history per path of `runPomodoro`, `sendDigests`, `checkGoal` and `rememberOccasion`:
 * `node tests/replay/record-agenda-days.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createDigestActivities } from '../../activities/agenda/digests.ts';
import { createFocusActivities } from '../../activities/agenda/focus.ts';
import { createGoalActivities } from '../../activities/agenda/goals.ts';
import { createOccasionActivities } from '../../activities/agenda/occasions.ts';
import { planAgain } from '../../client/agenda.ts';
import { planDigests } from '../../client/digests.ts';
import { changeFocus, startFocus } from '../../client/focus.ts';
import { changeGoal, createGoal } from '../../client/goals.ts';
import { changeOccasion, createOccasion } from '../../client/occasions.ts';
import { promiseWorkflowId, type PromiseKind } from '../../contracts/agenda.ts';
import type { FocusChange } from '../../contracts/focus.ts';
import type { GoalChange } from '../../contracts/goals.ts';
import type { OccasionChange } from '../../contracts/occasions.ts';
import { changeAgendaSettings } from '../../db/repositories/agenda-settings.ts';
import { USUAL_PLAN } from '../../domain/agenda/focus/pomodoro.ts';
import { DAY_MS } from '../../domain/agenda/zoned-time.ts';
import { startAgendaStage, type AgendaParts } from '../support/agenda-stage.ts';
import { startDatabase } from '../support/database.ts';
import { addUser } from '../support/outbox.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';

const MINUTE_MS = 60_000;
const ofEach = (parts: AgendaParts) => ({
  ...createFocusActivities(parts),
  ...createDigestActivities(parts),
  ...createGoalActivities(parts),
  ...createOccasionActivities(parts),
});

async function keep(client: Client, name: string, { id, runId }: { id: string; runId?: string }): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const history = historyToJSON(await client.workflow.getHandle(id, runId).fetchHistory());
  // Stack traces name the folder in which this ran.
  writeFileSync(file, history.replaceAll(`${process.cwd()}/`, ''));
}

/** One person's promises, as the program makes and changes them. */
function promisesOf(client: Client, userId: string) {
  const over = async (kind: PromiseKind, id: string): Promise<void> => {
    await client.workflow.getHandle(promiseWorkflowId(kind, id)).result();
  };
  return {
    over,
    async focus(id: string = randomUUID()): Promise<string> {
      await startFocus(client, id, { userId, taskId: null, plan: USUAL_PLAN });
      return id;
    },
    changeFocus: async (sessionId: string, change: FocusChange) =>
      await changeFocus(client, { userId, sessionId, change, requestId: randomUUID() }),
    async goal(): Promise<string> {
      const id = randomUUID();
      const what = { title: 'Read 12 books', why: '', unit: 'books', target: 12, dueDate: null };
      await createGoal(client, id, { userId, ...what, checkInOn: 7, checkInAt: '18:00', milestones: ['the first'] });
      return id;
    },
    changeGoal: async (goalId: string, change: GoalChange) =>
      await changeGoal(client, { userId, goalId, change, requestId: randomUUID() }),
    async occasion(): Promise<string> {
      const id = randomUUID();
      const when = { month: 12, day: 31, year: null, at: '10:00', leadDays: [7, 3] };
      await createOccasion(client, id, { userId, ...when, kind: 'holiday', personId: null, title: 'New Year’s Eve' });
      return id;
    },
    changeOccasion: async (occasionId: string, change: OccasionChange) =>
      await changeOccasion(client, { userId, occasionId, change, requestId: randomUUID() }),
  };
}

/** What time alone brings, and what is changed meanwhile. */
async function recordDays(): Promise<void> {
  const stage = await startAgendaStage(ofEach);
  const { client } = stage;
  const userId = await stage.person();
  const promises = promisesOf(client, userId);
  await recordSessions(stage.pass, client, promises);
  await planDigests(client, userId, 'begin');
  await stage.pass(8 * DAY_MS);
  await planAgain(client, [promiseWorkflowId('digest', userId)]);
  await changeAgendaSettings(stage.em(), userId, { morningAt: null, eveningAt: null, weeklyOn: null });
  await planDigests(client, userId, 'changed');
  await keep(client, 'sendDigests.a-week-and-switched-off', { id: promiseWorkflowId('digest', userId) });
  await recordGoals(stage.pass, client, promises);
  const occasion = await promises.occasion();
  await promises.changeOccasion(occasion, { kind: 'later' });
  await stage.pass(370 * DAY_MS);
  await promises.changeOccasion(occasion, { kind: 'edit', edit: { month: 2, day: 29 } });
  await promises.changeOccasion(occasion, { kind: 'edit', edit: { month: 2, day: 31 } }).catch(() => undefined);
  await promises.changeOccasion(occasion, { kind: 'delete' });
  await promises.over('occasion', occasion);
  await keep(client, 'rememberOccasion.a-year', { id: promiseWorkflowId('occasion', occasion) });
  await stage.stop();
}

type Pass = (ms: number) => Promise<void>;
type Promises = ReturnType<typeof promisesOf>;

async function recordSessions(pass: Pass, client: Client, promises: Promises): Promise<void> {
  const whole = await promises.focus();
  const second = randomUUID();
  await promises.focus(second).catch(() => undefined); // one at a time: refused
  await keep(client, 'runPomodoro.another-runs', { id: promiseWorkflowId('pomodoro', second) });
  await pass(131 * MINUTE_MS);
  await promises.over('pomodoro', whole);
  await keep(client, 'runPomodoro.to-the-end', { id: promiseWorkflowId('pomodoro', whole) });
  const changed = await promises.focus();
  await pass(10 * MINUTE_MS);
  for (const kind of ['pause', 'resume', 'skip', 'stop'] as const)
    await promises.changeFocus(changed, { kind, step: null });
  await promises.over('pomodoro', changed);
  await keep(client, 'runPomodoro.paused-skipped-and-stopped', { id: promiseWorkflowId('pomodoro', changed) });
}

async function recordGoals(pass: Pass, client: Client, promises: Promises): Promise<void> {
  const goal = await promises.goal();
  await pass(8 * DAY_MS);
  await promises.changeGoal(goal, { kind: 'progress', progress: 3 });
  await promises.changeGoal(goal, { kind: 'answer', date: null, answer: 'mornings' });
  await promises.changeGoal(goal, { kind: 'milestone', id: randomUUID(), done: true }).catch(() => undefined);
  await pass(8 * DAY_MS);
  await promises.changeGoal(goal, { kind: 'progress', progress: 12 });
  await promises.over('goal', goal);
  await keep(client, 'checkGoal.reached', { id: promiseWorkflowId('goal', goal) });
  await promises.changeGoal(goal, { kind: 'take-up' });
  await promises.changeGoal(goal, { kind: 'delete' });
  await promises.over('goal', goal);
  await keep(client, 'checkGoal.taken-up-and-deleted', { id: promiseWorkflowId('goal', goal) });
}

/** So many changes that each continues as new. */
async function recordContinued(): Promise<void> {
  const [database, env] = await Promise.all([
    startDatabase(),
    startTemporal(['limit.historyCount.suggestContinueAsNew=20']),
  ]);
  const em = () => database.orm.em.fork();
  const userId = await addUser(database.orm);
  await em().execute('insert into user_settings (user_id) values (?) on conflict do nothing', [userId]);
  const { client } = env;
  const promises = promisesOf(client, userId);
  const until = async (name: string, id: string, turn: (n: number) => Promise<unknown>): Promise<void> => {
    const handle = client.workflow.getHandle(id);
    const { runId } = await handle.describe();
    for (let n = 1; (await handle.describe()).runId === runId; n += 1) await turn(n);
    await keep(client, `${name}.continued`, { id, runId });
  };
  const parts = { orm: database.orm, em, wakeSenders: () => Promise.resolve() };
  await withWorkers(env, ofEach(parts), async () => {
    const focus = await promises.focus();
    await until('runPomodoro', promiseWorkflowId('pomodoro', focus), async (n) => {
      await promises.changeFocus(focus, { kind: n % 2 === 1 ? 'pause' : 'resume', step: null });
    });
    await promises.changeFocus(focus, { kind: 'stop', step: null });
    await promises.over('pomodoro', focus);
    await keep(client, 'runPomodoro.stopped-in-a-new-run', { id: promiseWorkflowId('pomodoro', focus) });
    await planDigests(client, userId, 'begin');
    await until('sendDigests', promiseWorkflowId('digest', userId), async (n) => {
      await planDigests(client, userId, String(n));
    });
    const goal = await promises.goal();
    await until('checkGoal', promiseWorkflowId('goal', goal), async (n) => {
      await promises.changeGoal(goal, { kind: 'progress', progress: n / 10 });
    });
    const occasion = await promises.occasion();
    await until('rememberOccasion', promiseWorkflowId('occasion', occasion), async (n) => {
      await promises.changeOccasion(occasion, { kind: n % 2 === 1 ? 'done' : 'undo-done', year: 2030 });
    });
  });
  await Promise.all([database.stop(), env.teardown()]);
}

await recordDays();
await recordContinued();
process.exit(0);
