import { defineUpdate } from '@temporalio/workflow';
import type { GroupAnswer, GroupEventDefinition, GroupEventState } from '../domain/agenda/groups/group.ts';

/** Definition of an event that is not stored yet, and who makes it. */
export interface NewGroupEvent extends GroupEventDefinition {
  readonly groupId: string;
  readonly userId: string;
}

export type GroupEventChange =
  /** Sets what is given. */
  | {
      readonly kind: 'edit';
      readonly edit: { readonly [F in keyof GroupEventDefinition]?: GroupEventDefinition[F] | undefined };
    }
  | { readonly kind: 'delete' }
  /** Whether the person comes; `occurrence` is its key. */
  | { readonly kind: 'answer'; readonly occurrence: string; readonly answer: GroupAnswer };

/** A change, and who makes it. */
export interface GroupEventOrder {
  readonly userId: string;
  readonly change: GroupEventChange;
}

/** How an event stands after a change. */
export interface GroupEventOutcome {
  /** False = it stood so before: a button pressed twice. */
  readonly changed: boolean;
  readonly state: GroupEventState;
  /** Epoch ms; null = nobody is told any more. */
  readonly nextAtMs: number | null;
}

/** @throws ApplicationFailure of type event-not-found, occurrence-not-found, forbidden, tag-not-found, or what is wrong with an edit */
export const changeGroupEventUpdate = defineUpdate<GroupEventOutcome, [GroupEventOrder]>('changeGroupEvent');
