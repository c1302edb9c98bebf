import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { ZoneActivities } from '../activities/agenda/zones.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { moveToSignal, type MoveZoneInput } from '../contracts/zones.ts';

const { changeZone } = proxyActivities<ZoneActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '5m',
  retry: { maximumInterval: '30s' },
});

/** Brings a person's promises to the zone in which he is; who moves on meanwhile is brought there, too. */
export async function moveZone({ userId }: Pick<MoveZoneInput, 'userId'>): Promise<void> {
  let zone: string | null = null;
  setHandler(moveToSignal, (to) => void (zone = to));
  await condition(() => zone !== null); // it comes with the start
  while (zone !== null) {
    const to: string = zone;
    zone = null;
    await changeZone({ userId, zone: to });
  }
}
