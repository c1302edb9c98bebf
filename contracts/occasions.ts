import { defineUpdate } from '@temporalio/workflow';
import type { OccasionDate, OccasionKind } from '../domain/agenda/people/occasion.ts';

/** What a user says of an occasion. */
export interface OccasionDefinition extends OccasionDate {
  readonly kind: OccasionKind;
  /** null = nobody's in particular. */
  readonly personId: string | null;
  readonly title: string | null;
  /** Days before it on which it is told of, besides the day itself. */
  readonly leadDays: readonly number[];
  /** `HH:MM` in the user's zone. */
  readonly at: string;
}

/** An occasion that is not stored yet. */
export interface NewOccasion extends OccasionDefinition {
  readonly userId: string;
}

export type OccasionChange =
  | {
      readonly kind: 'edit';
      readonly edit: { readonly [F in keyof OccasionDefinition]?: OccasionDefinition[F] | undefined };
    }
  /** The present for that year's is there, or is not after all. */
  | { readonly kind: 'done' | 'undo-done'; readonly year: number }
  /** It is told of once more tomorrow. */
  | { readonly kind: 'later' }
  | { readonly kind: 'delete' };

/** A change, and whose occasion it has to be. */
export interface OccasionOrder {
  readonly userId: string;
  readonly change: OccasionChange;
}

/** False = it stood so before: a button pressed twice. @throws ApplicationFailure of type occasion-not-found, occasion-invalid, person-not-found */
export const changeOccasionUpdate = defineUpdate<boolean, [OccasionOrder]>('changeOccasion');
