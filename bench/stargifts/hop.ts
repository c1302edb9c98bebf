import { proxyActivities } from '@temporalio/workflow';

const { arrive } = proxyActivities<{ arrive: () => Promise<void> }>({ startToCloseTimeout: '10s' });

/** The least that anything durable costs: a start, and one activity. */
export async function hop(): Promise<void> {
  await arrive();
}
