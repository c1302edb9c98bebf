import OpenAI, { BadRequestError, UnprocessableEntityError } from 'openai';
import type { Embedder } from '../../activities/ports.ts';
import type { EmbeddingModel, QueryEmbedder } from '../../domain/recommend/vector-space.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { asOurError } from './api-errors.ts';
import { embeddable, embeddingBatches } from './embedding-batches.ts';

export interface EmbedderOptions {
  /** Up to and with `/v1`, as the API's own documentation gives it. */
  readonly baseUrl: string;
  /** null = the server wants none. */
  readonly apiKey: string | null;
  readonly model: EmbeddingModel;
}

const PASSAGES_MS = 30_000;
/** Somebody waits: after that the search goes on without the model. */
const QUERY_MS = 2_500;
/** Pages of one answer ask for the same vector again. */
const REMEMBERED_QUERIES = 500;

/** An embedding model behind any OpenAI-compatible API. Retries are the caller's. */
export function createEmbedder({ baseUrl, apiKey, model }: EmbedderOptions): Embedder & QueryEmbedder {
  // The client insists on a key; servers without keys ignore it.
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', maxRetries: 0 });
  const queries = new Map<string, Float32Array>();
  return {
    model,
    async embedPassages(texts, signal) {
      const passages = texts.map((text) => embeddable(model.passagePrefix + text));
      const vectors: Float32Array[] = [];
      for (const input of embeddingBatches(passages))
        vectors.push(...(await embed(client, { model, input, signal, timeout: PASSAGES_MS })));
      return vectors;
    },
    async embedQuery(text, of) {
      const key = JSON.stringify([of, text]);
      const known = queries.get(key);
      if (known !== undefined) return known;
      const input = [embeddable(of.queryPrefix + text)];
      const [vector] = await embed(client, { model: of, input, timeout: QUERY_MS, signal: undefined });
      if (vector === undefined) throw mismatch('no vector');
      for (const oldest of [...queries.keys()].slice(0, Math.max(0, queries.size + 1 - REMEMBERED_QUERIES)))
        queries.delete(oldest);
      queries.set(key, vector);
      return vector;
    },
  };
}

interface Request {
  readonly model: EmbeddingModel;
  readonly input: string[];
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

async function embed(client: OpenAI, request: Request): Promise<Float32Array[]> {
  const ask = async (extra: { dimensions?: number }) => {
    const { model, input, signal, timeout } = request;
    return await client.embeddings.create({ model: model.model, input, ...extra }, { signal, timeout });
  };
  try {
    const answer = await ask({ dimensions: request.model.dimensions }).catch(async (err: unknown) => {
      // Many servers have models of one length and refuse to be told it.
      if (isAboutDimensions(err)) return await ask({});
      throw err;
    });
    // Of a server that answers something else altogether the client hands that on as it is.
    if (!Array.isArray(answer.data)) throw mismatch('no list of vectors');
    return checked(answer.data, request);
  } catch (err) {
    throw asOurError(err, 'embedding', Date.now());
  }
}

const isAboutDimensions = (err: unknown): boolean =>
  (err instanceof BadRequestError || err instanceof UnprocessableEntityError) &&
  /dimension|matryoshka/i.test(err.message);

const mismatch = (says: string): DomainError =>
  new DomainError('embedding-mismatch', `the embedding API gave an unusable answer: ${says}`);

/** Nothing of an answer is used unless all of it is right. */
function checked(
  data: readonly { readonly index: number; readonly embedding: readonly number[] }[],
  { model, input }: Request,
): Float32Array[] {
  if (data.length !== input.length) throw mismatch(`${data.length} vectors for ${input.length} texts`);
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
  return input.map((_, index) => {
    const embedding = byIndex.get(index);
    if (embedding === undefined) throw mismatch(`none for text ${index}`);
    if (embedding.length !== model.dimensions)
      throw mismatch(`${embedding.length} numbers in a vector instead of ${model.dimensions}`);
    const squares = embedding.reduce((sum, value) => sum + value * value, 0);
    if (!(squares > 0 && Number.isFinite(squares))) throw mismatch('a vector without a finite length');
    return Float32Array.from(embedding);
  });
}
