import { defineSignal } from '@temporalio/workflow';

/** Moves a person to another zone. */
export interface MoveZoneInput {
  readonly userId: string;
  /** IANA time zone. */
  readonly zone: string;
}

/** One at a time for each user. */
export const moveZoneWorkflowId = (userId: string): string => `zone:${userId}`;

/** Where the person is now; of several the last counts. */
export const moveToSignal = defineSignal<[zone: string]>('moveTo');
