/**
 * Records one history per path of `adviseOnGoal`: `node tests/replay/record-agenda-advice.ts`.
 * Run it when a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createAdviceActivities } from '../../activities/agenda/advice.ts';
import { createGoalActivities } from '../../activities/agenda/goals.ts';
import { giveAdvice, requestAdvice } from '../../client/advice.ts';
import { createGoal } from '../../client/goals.ts';
import { dataConverter } from '../../client/payload-codec.ts';
import { adviceWorkflowId } from '../../contracts/advice.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { createAdvisor } from '../../providers/openai/advisor.ts';
import { startOpenAiSandbox } from '../../sandbox/openai/server.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { startDatabase } from '../support/database.ts';
import { addUser } from '../support/outbox.ts';
import { startTemporal, testKeys, withWorkers } from '../support/temporal.ts';

const [database, env, sandbox] = await Promise.all([
  startDatabase(),
  startTemporal(),
  startOpenAiSandbox({ dimensions: 8 }),
]);
const em = () => database.orm.em.fork();
const userId = await addUser(database.orm);
await em().execute('insert into user_settings (user_id) values (?) on conflict do nothing', [userId]);
await em().execute(
  `insert into chat (messenger, chat_id, user_id, person_id, name) values ('telegram', 7, ?, 7, 'Anna')`,
  [userId],
);

async function keep(goalId: string, name: string): Promise<void> {
  const file = new URL(`./histories/adviseOnGoal.${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const history = historyToJSON(await env.client.workflow.getHandle(adviceWorkflowId(goalId)).fetchHistory());
  // Stack traces name the folder in which this ran.
  writeFileSync(file, history.replaceAll(`${process.cwd()}/`, ''));
}

async function goal(): Promise<string> {
  const id = randomUUID();
  const what = { title: 'Read 12 books', why: '', unit: 'books', target: 12, dueDate: null };
  await createGoal(env.client, id, { userId, ...what, checkInOn: null, checkInAt: '18:00', milestones: [] });
  return id;
}

async function record(): Promise<void> {
  const { client } = env;
  const goalId = await goal();
  await giveAdvice(client, { userId, goalId });
  await keep(goalId, 'by-a-model');
  sandbox.inject({ kind: 'rate-limited', retryAfterSeconds: 1 });
  await requestAdvice(client, { userId, goalId }, randomUUID());
  await requestAdvice(client, { userId, goalId }, randomUUID());
  await client.workflow.getHandle(adviceWorkflowId(goalId)).result();
  await keep(goalId, 'after-a-rest-and-told');
  sandbox.inject({ kind: 'status', status: 403 });
  await giveAdvice(client, { userId, goalId });
  await keep(goalId, 'by-rules');
  const gone = randomUUID();
  await giveAdvice(client, { userId, goalId: gone }).catch(() => undefined); // refused
  await keep(gone, 'of-a-goal-that-is-gone');
}

/** Nobody serves the model's queue. */
async function recordAlone(): Promise<void> {
  const workers = await createWorkers({
    ...{ connection: env.nativeConnection, namespace: env.namespace ?? 'default' },
    dataConverter: dataConverter(testKeys),
    ...{ queues: [TASK_QUEUES.workflows, TASK_QUEUES.storage], activities },
  });
  const running = workers.map(async (worker) => await worker.run());
  const goalId = await goal();
  await giveAdvice(env.client, { userId, goalId });
  await keep(goalId, 'nobody-serves-the-model');
  for (const worker of workers) worker.shutdown();
  await Promise.all(running);
}

const wakeSenders = () => Promise.resolve();
const advisor = createAdvisor({ baseUrl: sandbox.baseUrl, apiKey: null, model: 'm' });
const activities = {
  ...createGoalActivities({ em, wakeSenders }),
  ...createAdviceActivities({ em, wakeSenders, advisor }),
};
await withWorkers(env, activities, record);
await recordAlone();
await Promise.all([database.stop(), env.teardown(), sandbox.stop()]);
process.exit(0);
