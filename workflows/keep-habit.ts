import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { HabitActivities } from '../activities/agenda/habits.ts';
import type { PromiseInput } from '../contracts/agenda.ts';
import { changeHabitUpdate, type NewHabit } from '../contracts/habits.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { keepPromise } from './agenda/keep-promise.ts';

const { planHabit, fireHabit, changeHabit } = proxyActivities<HabitActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '10s' },
});

/** Keeps one habit: asks at its times as long as the day is not done, and takes ticks, pauses and other changes meanwhile. */
export async function keepHabit(input: PromiseInput<NewHabit>): Promise<void> {
  await keepPromise(input, {
    plan: planHabit,
    fire: fireHabit,
    change: changeHabit,
    update: changeHabitUpdate,
    check: () => undefined,
    again: async (next) => await continueAsNew<typeof keepHabit>(next),
  });
}
