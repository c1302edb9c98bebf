/** `lexical` vectors match spelling and need no model; `semantic` ones come from an embedding API. */
export type VectorKind = 'lexical' | 'semantic';

/** An embedding model as it is used here. */
export interface EmbeddingModel {
  readonly model: string;
  /** Numbers in one vector. */
  readonly dimensions: number;
  /** Put before a query and before a product's text; models such as e5 want `query: ` and `passage: `. */
  readonly queryPrefix: string;
  readonly passagePrefix: string;
}

/**
 * The name that a model's product vectors are stored under, e.g. `text-embedding-3-small:1536`. All that changes a
 * stored vector is in it, so vectors that cannot be compared never meet.
 */
export function semanticSpaceName({ model, dimensions, passagePrefix }: EmbeddingModel): string {
  const plain = `${model}:${dimensions}`;
  return passagePrefix === '' ? plain : `${plain}:${JSON.stringify(passagePrefix)}`;
}

/** A catalogue that has grown or changed by more than this share weighs its words anew. */
const OUTGROWN = 0.25;

/** Whether a frequency snapshot of `documents` texts is too old when `changed` texts are new or other than they were. */
export const isOutgrown = (documents: number, changed: number): boolean => changed > documents * OUTGROWN;

/** Turns what a person asks for into a vector. */
export interface QueryEmbedder {
  /** @throws Error when the model does not answer in time, or not with `model.dimensions` numbers */
  embedQuery(text: string, model: EmbeddingModel): Promise<Float32Array>;
}
