import type { Client } from '@temporalio/client';
import { changeOccasionUpdate, type NewOccasion, type OccasionChange } from '../contracts/occasions.ts';
import { changePromise, openPromise, type PromiseRef } from './agenda.ts';

const refOf = (userId: string, id: string): PromiseRef => ({
  ...{ kind: 'occasion', workflowType: 'rememberOccasion', id, userId },
});

/** Keeps an occasion under an id of the caller's; the same id again keeps nothing more. @throws DomainError occasion-invalid */
export async function createOccasion(client: Client, id: string, occasion: NewOccasion): Promise<void> {
  await openPromise(client, refOf(occasion.userId, id), occasion);
}

export interface OccasionCall {
  readonly userId: string;
  readonly occasionId: string;
  readonly change: OccasionChange;
  /** The same change under the same id is made once. */
  readonly requestId: string;
}

/** Changes an occasion; false = it stood so before. @throws DomainError occasion-not-found, occasion-invalid, person-not-found */
export async function changeOccasion(client: Client, call: OccasionCall): Promise<boolean> {
  const { userId, occasionId, change, requestId } = call;
  const order = { userId, change };
  return await changePromise(client, refOf(userId, occasionId), {
    update: changeOccasionUpdate,
    change: order,
    requestId,
  });
}
