import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EmbeddingModel } from '../../domain/recommend/vector-space.ts';
import { createEmbedder } from '../../providers/openai/embedder.ts';
import type { EmbeddingFault } from '../../sandbox/openai/faults.ts';
import { startOpenAiSandbox, type OpenAiSandbox } from '../../sandbox/openai/server.ts';

const model: EmbeddingModel = { model: 'm', dimensions: 16, queryPrefix: 'query: ', passagePrefix: 'passage: ' };
const signal = new AbortController().signal;
let sandbox: OpenAiSandbox;
beforeAll(async () => {
  sandbox = await startOpenAiSandbox({ dimensions: 16, apiKey: 'secret-key' });
});
afterAll(async () => {
  await sandbox.stop();
});
let embedder: ReturnType<typeof createEmbedder>;
beforeEach(() => {
  embedder = createEmbedder({ baseUrl: sandbox.baseUrl, apiKey: 'secret-key', model });
});

test('each text gets its own vector, whatever the order of the answer', async () => {
  const [tea, cup] = await embedder.embedPassages(['чай', 'кружка'], signal);
  expect(tea).toHaveLength(16);
  expect(tea).not.toEqual(cup);
  expect(await embedder.embedPassages(['кружка'], signal)).toEqual([cup]);
});

test('passages and queries get their prefixes; an empty text is still a text', async () => {
  await embedder.embedPassages([''], signal);
  await embedder.embedQuery('чай', model);
  expect(sandbox.requests.slice(-2).map(({ input }) => input)).toEqual([['passage: '], ['query: чай']]);
});

test('many and long texts go in several requests', async () => {
  const before = sandbox.requests.length;
  const texts = Array.from({ length: 300 }, (_, place) => `${place} ${'слово '.repeat(2_000)}`);
  expect(await embedder.embedPassages(texts, signal)).toHaveLength(300);
  const sent = sandbox.requests.slice(before).map(({ input }) => input);
  expect(sent.length).toBeGreaterThan(10);
  expect(sent.flat()).toHaveLength(300);
});

test('a query is asked for once, in the model that its space was made with', async () => {
  const before = sandbox.requests.length;
  const old = { ...model, model: 'old', queryPrefix: '' };
  await embedder.embedQuery('плед', old);
  await embedder.embedQuery('плед', old);
  expect(sandbox.requests.slice(before)).toEqual([{ model: 'old', input: ['плед'] }]);
});

test('a server with models of one length is asked without it', async () => {
  const plain = await startOpenAiSandbox({ dimensions: 16, refusesDimensions: true });
  const vectors = await createEmbedder({ baseUrl: plain.baseUrl, apiKey: null, model }).embedPassages(['чай'], signal);
  expect(vectors[0]).toHaveLength(16);
  await plain.stop();
});

describe('an answer that cannot be used', () => {
  const refused = { name: 'DomainError', code: 'embedding-refused' };
  const mismatch = { name: 'DomainError', code: 'embedding-mismatch' };
  test.each<[string, EmbeddingFault, object]>([
    [
      '429 with a time',
      { kind: 'rate-limited', retryAfterSeconds: 7 },
      { name: 'RateLimitedError', retryAfterMs: 7000 },
    ],
    ['429 without one', { kind: 'rate-limited', retryAfterSeconds: null }, { status: 429 }],
    ['500', { kind: 'status', status: 500 }, { status: 500 }],
    ['403', { kind: 'status', status: 403 }, refused],
    ['a truncated body', { kind: 'truncated' }, { name: 'SyntaxError' }],
    ['vectors of another length', { kind: 'wrong-dimensions' }, mismatch],
    ['too few vectors', { kind: 'wrong-count' }, mismatch],
    ['a zero vector', { kind: 'zero-vector' }, mismatch],
  ])('%s', async (_name, fault, error) => {
    sandbox.inject(fault);
    await expect(embedder.embedPassages(['чай', 'кружка'], signal)).rejects.toMatchObject(error);
  });

  test('none at all ends with the signal', async () => {
    sandbox.inject({ kind: 'silence' });
    await expect(embedder.embedPassages(['чай'], AbortSignal.timeout(50))).rejects.toThrow(/abort/i);
  });

  test('a wrong key is refused', async () => {
    const other = createEmbedder({ baseUrl: sandbox.baseUrl, apiKey: 'another', model });
    await expect(other.embedPassages(['чай'], signal)).rejects.toMatchObject(refused);
  });
});
