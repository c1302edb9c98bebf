import type { EmbeddingModel } from '../domain/recommend/vector-space.ts';
import type { Config } from './env.ts';

/** Where the embedding model is, and which one. */
export interface EmbeddingSettings {
  readonly baseUrl: string;
  /** null = the server wants none. */
  readonly apiKey: string | null;
  readonly model: EmbeddingModel;
}

/** The variables that say it. */
export type EmbeddingVariables = Pick<
  Config,
  | 'OPENAI_BASE_URL'
  | 'OPENAI_API_KEY'
  | 'OPENAI_EMBEDDING_MODEL'
  | 'OPENAI_EMBEDDING_DIMENSIONS'
  | 'OPENAI_EMBEDDING_QUERY_PREFIX'
  | 'OPENAI_EMBEDDING_PASSAGE_PREFIX'
>;

/** The embedding API that the environment names; null = none: lexical mode. */
export function embeddingSettings(config: EmbeddingVariables): EmbeddingSettings | null {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_EMBEDDING_MODEL: model, OPENAI_EMBEDDING_DIMENSIONS: dimensions } = config;
  if (baseUrl === undefined || model === undefined || dimensions === undefined) return null;
  return {
    baseUrl,
    apiKey: config.OPENAI_API_KEY ?? null,
    model: {
      model,
      dimensions,
      queryPrefix: config.OPENAI_EMBEDDING_QUERY_PREFIX,
      passagePrefix: config.OPENAI_EMBEDDING_PASSAGE_PREFIX,
    },
  };
}
