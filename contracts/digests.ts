import { defineUpdate } from '@temporalio/workflow';

/** Digests take no orders but to look at the settings again. */
export const planDigestsUpdate = defineUpdate<null, [null]>('planDigests');
