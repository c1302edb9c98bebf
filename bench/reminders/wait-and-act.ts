import { proxyActivities, sleep } from '@temporalio/workflow';

const { act } = proxyActivities<{ act(): Promise<void> }>({
  taskQueue: 'bench-acts',
  startToCloseTimeout: '30s',
});

/** The least that can be done at a moment: a timer and an activity. */
export async function waitAndAct(dueMs: number): Promise<void> {
  await sleep(Math.max(1, dueMs - Date.now()));
  await act();
}
