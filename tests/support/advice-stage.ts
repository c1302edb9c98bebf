import { randomUUID } from 'node:crypto';
import { createAdviceActivities } from '../../activities/agenda/advice.ts';
import { createGoalActivities } from '../../activities/agenda/goals.ts';
import type { Advisor } from '../../activities/ports/advisor.ts';
import { createGoal } from '../../client/goals.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { dataConverter } from '../../client/payload-codec.ts';
import { startAgendaStage } from './agenda-stage.ts';
import { testKeys } from './temporal.ts';

export type AdviceStage = Awaited<ReturnType<typeof startAdviceStage>>;

/** A stage with goals, on which nobody serves the queue of the language model but for as long as a test says. */
export async function startAdviceStage() {
  const stage = await startAgendaStage((parts) => ({
    ...createGoalActivities(parts),
    ...createAdviceActivities({ ...parts, advisor: null }),
  }));
  return {
    ...stage,
    async goal(userId: string, title = 'Пробежать 100 км'): Promise<string> {
      const id = randomUUID();
      const what = { title, why: 'здоровье', unit: 'км', target: 100, dueDate: null, checkInOn: null };
      await createGoal(stage.client, id, { userId, ...what, checkInAt: '18:00', milestones: ['10 км'] });
      return id;
    },
    async withModel<T>(advisor: Advisor, fn: () => Promise<T>): Promise<T> {
      const workers = await createWorkers({
        connection: stage.env.nativeConnection,
        namespace: stage.env.namespace ?? 'default',
        dataConverter: dataConverter(testKeys),
        queues: [TASK_QUEUES.llm],
        activities: createAdviceActivities({ em: stage.em, advisor, wakeSenders: () => Promise.resolve() }),
      });
      const running = workers.map(async (worker) => await worker.run());
      try {
        return await fn();
      } finally {
        for (const worker of workers) worker.shutdown();
        await Promise.all(running);
      }
    },
    /** What is kept of a goal, the oldest first. */
    kept: async (goalId: string): Promise<{ source: string; text: string }[]> =>
      await stage.em().execute('select source, text from goal_advice where goal_id = ? order by created_at', [goalId]),
  };
}
