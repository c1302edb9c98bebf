import { defineSignal } from '@temporalio/workflow';
import type { VectorKind } from '../domain/recommend/vector-space.ts';

/** Input of `indexCatalog`. */
export interface IndexCatalogInput {
  readonly kind: VectorKind;
}

export interface IndexReport {
  /** Products that got a vector. */
  readonly indexed: number;
  /** The space that serves now; null = there is nothing to index with, or no product. */
  readonly space: string | null;
}

/** Products have changed: go over the catalogue once more before ending. */
export const indexAgainSignal = defineSignal('index-again');

/** One indexing at a time for each kind of vectors. */
export const indexCatalogWorkflowId = (kind: VectorKind): string => `index-catalog:${kind}`;
