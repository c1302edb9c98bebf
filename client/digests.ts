import type { Client } from '@temporalio/client';
import { planDigestsUpdate } from '../contracts/digests.ts';
import { changePromise } from './agenda.ts';

/** Starts a person's digests, or has them planned anew after a change of the settings; safe to repeat. */
export async function planDigests(client: Client, userId: string, requestId: string): Promise<void> {
  const ref = { kind: 'digest', workflowType: 'sendDigests', id: userId, userId } as const;
  await changePromise(client, ref, { update: planDigestsUpdate, change: null, requestId });
}
