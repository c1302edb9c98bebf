import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { GroupEventActivities } from '../activities/agenda/group-events.ts';
import type { PromiseInput } from '../contracts/agenda.ts';
import {
  changeGroupEventUpdate,
  type GroupEventOrder,
  type GroupEventOutcome,
  type NewGroupEvent,
} from '../contracts/groups.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { keepPromise } from './agenda/keep-promise.ts';

const { planGroupEvent, fireGroupEvent, changeGroupEvent } = proxyActivities<GroupEventActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '1m',
  retry: { maximumInterval: '30s' },
});

/** Keeps one event of a group: tells its members when the time comes, takes their answers, and tells the organiser of them. */
export async function keepGroupEvent(input: PromiseInput<NewGroupEvent>): Promise<void> {
  const askedMs = workflowInfo().startTime.getTime();
  await keepPromise<NewGroupEvent, GroupEventOrder, GroupEventOutcome>(input, {
    plan: async (moment) => await planGroupEvent({ ...moment, askedMs }),
    fire: fireGroupEvent,
    change: changeGroupEvent,
    update: changeGroupEventUpdate,
    check: () => undefined, // what can be wrong needs the rows
    again: async (next) => await continueAsNew<typeof keepGroupEvent>(next),
  });
}
