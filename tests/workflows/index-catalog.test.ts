import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Embedder } from '../../activities/ports.ts';
import { createIndexActivities } from '../../activities/recommend/indexing.ts';
import { requestIndexing } from '../../client/indexing.ts';
import { indexCatalogWorkflowId, type IndexReport } from '../../contracts/recommend.ts';
import { upsertProducts } from '../../db/repositories/products.ts';
import { putSource } from '../../db/repositories/sources.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { VectorKind } from '../../domain/recommend/vector-space.ts';
import { createEmbedder } from '../../providers/openai/embedder.ts';
import { startOpenAiSandbox } from '../../sandbox/openai/server.ts';
import { startDatabase, type TestDatabase } from '../support/database.ts';
import { productRecord } from '../support/product-record.ts';
import { sourceConfig } from '../support/scripted-shop.ts';
import { startTemporal, withWorkers } from '../support/temporal.ts';
import type { indexCatalog } from '../../workflows/index.ts';

let database: TestDatabase;
let env: TestWorkflowEnvironment;
const sourceId = randomUUID();
beforeAll(async () => {
  [database, env] = await Promise.all([startDatabase(), startTemporal()]);
});
afterAll(async () => {
  await Promise.all([database.stop(), env.teardown()]);
});
beforeEach(async () => {
  for (const table of ['product_vector', 'embedding_space', 'lexicon', 'source']) await rows(`delete from ${table}`);
  await putSource(fork(), { sourceId, name: 'Shop', config: sourceConfig(), state: 'active' });
});

const fork = () => database.orm.em.fork();
const rows = async (sql: string) => await fork().execute<Record<string, unknown>[]>(sql);
const vectors = async () =>
  await rows(`select title, space, vector_dims(embedding) as size from product_vector join product on id = product_id
    order by space, title`);

async function addProducts(...titles: readonly string[]): Promise<void> {
  await upsertProducts(
    fork(),
    sourceId,
    titles.map((title) => productRecord({ title, url: `http://shop.test/${encodeURIComponent(title)}` })),
  );
}

/** A model whose vectors say how long the text is. */
function fakeEmbedder(model: string, hook: (texts: readonly string[]) => void = () => undefined) {
  const asked: string[] = [];
  const embedder: Embedder = {
    model: { model, dimensions: 8, queryPrefix: '', passagePrefix: '' },
    async embedPassages(texts) {
      hook(texts);
      asked.push(...texts);
      return texts.map((text) => new Float32Array(8).fill(text.length));
    },
  };
  return { embedder, asked };
}

const indexing = { request: (kind: VectorKind) => requestIndexing(env.client, kind) };
const serving = (embedder: Embedder | null) => createIndexActivities({ orm: database.orm, embedder, indexing });
const result = (kind: VectorKind): Promise<IndexReport> =>
  env.client.workflow.getHandle<typeof indexCatalog>(indexCatalogWorkflowId(kind)).result();

async function index(kind: VectorKind, embedder: Embedder | null = null): Promise<IndexReport> {
  return await withWorkers(env, serving(embedder), async () => {
    await requestIndexing(env.client, kind);
    return await result(kind);
  });
}

test('a catalogue gets a lexicon and one lexical vector a product, and nothing is made twice', async () => {
  await addProducts('Чай с чабрецом', 'Wooden puzzle', 'Кружка');
  expect(await index('lexical')).toEqual({ indexed: 3, space: 'hash-v1:1' });
  expect(await vectors()).toEqual(
    ['Wooden puzzle', 'Кружка', 'Чай с чабрецом'].map((title) => ({ title, space: 'hash-v1:1', size: 1536 })),
  );
  expect(await index('lexical')).toEqual({ indexed: 0, space: 'hash-v1:1' });
});

test('an empty catalogue has no lexicon and no vectors', async () => {
  expect(await index('lexical')).toEqual({ indexed: 0, space: null });
  expect(await rows('select * from lexicon')).toEqual([]);
});

test('a product without a single word is passed by and never gets a zero vector', async () => {
  await addProducts('Кружка', '!!!');
  expect(await index('lexical')).toMatchObject({ indexed: 1 });
  expect(await vectors()).toHaveLength(1);
});

test('a few new products join the space; many make a new one, which replaces the old', async () => {
  await addProducts('a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8');
  await index('lexical');
  await addProducts('b1', 'b2');
  expect(await index('lexical')).toEqual({ indexed: 2, space: 'hash-v1:1' });
  await addProducts('c1', 'c2', 'c3');
  expect(await index('lexical')).toEqual({ indexed: 13, space: 'hash-v1:2' });
  expect(new Set((await vectors()).map(({ space }) => space))).toEqual(new Set(['hash-v1:2']));
  expect(await rows('select version from lexicon')).toEqual([{ version: 2 }]);
});

test('products stored while an indexing is ending are indexed too', async () => {
  await addProducts('first');
  let late = true;
  const activities = serving(null);
  const withLateProduct = {
    ...activities,
    async serveSpace(input: { readonly space: string }) {
      const replaced = await activities.serveSpace(input);
      if (late) {
        late = false;
        await addProducts('second');
        await requestIndexing(env.client, 'lexical');
      }
      return replaced;
    },
  };
  await withWorkers(env, withLateProduct, async () => {
    await requestIndexing(env.client, 'lexical');
    await result('lexical');
  });
  expect((await vectors()).map(({ title }) => title)).toContain('second');
});

test('an embedding API that is down leaves products queued; they are embedded when it is back', async () => {
  await addProducts('Кружка', 'Чай');
  let failures = 2;
  const { embedder } = fakeEmbedder('m1', () => {
    if (failures-- > 0) throw new Error('status 503');
  });
  expect(await index('semantic', embedder)).toEqual({ indexed: 2, space: 'm1:8' });
});

test('an API that limits, fails and stumbles gets every product embedded in the end', async () => {
  await addProducts('Кружка', 'Чай');
  const api = await startOpenAiSandbox({ dimensions: 8 });
  api.inject({ kind: 'rate-limited', retryAfterSeconds: 0.2 }, { kind: 'status', status: 503 }, { kind: 'truncated' });
  const model = { model: 'sandbox', dimensions: 8, queryPrefix: '', passagePrefix: '' };
  const embedder = createEmbedder({ baseUrl: api.baseUrl, apiKey: null, model });
  expect(await index('semantic', embedder)).toEqual({ indexed: 2, space: 'sandbox:8' });
  expect(api.requests).toHaveLength(4);
  await api.stop();
});

test('an unusable answer fails the indexing loudly and stores nothing', async () => {
  await addProducts('Кружка');
  const { embedder } = fakeEmbedder('m1', () => {
    throw new DomainError('embedding-mismatch', '7 numbers instead of 8');
  });
  await expect(index('semantic', embedder)).rejects.toMatchObject({ cause: { cause: { type: 'embedding-mismatch' } } });
  expect(await vectors()).toEqual([]);
});

test('another model is filled beside the one that serves, and replaces it only when it is complete', async () => {
  await addProducts('Кружка', 'Чай');
  await index('semantic', fakeEmbedder('old').embedder);
  let during: unknown[] = [];
  const { embedder, asked } = fakeEmbedder('new');
  const activities = serving(embedder);
  const watched = {
    ...activities,
    async indexProducts(input: { readonly space: string; readonly after: string | null }) {
      const progress = await activities.indexProducts(input);
      during = await rows('select name, completed_at is not null as serves from embedding_space order by name');
      return progress;
    },
  };
  await withWorkers(env, watched, async () => {
    await requestIndexing(env.client, 'semantic');
    await result('semantic');
  });
  expect(asked).toHaveLength(2);
  expect(during).toEqual([
    { name: 'new:8', serves: false },
    { name: 'old:8', serves: true },
  ]);
  expect((await vectors()).map(({ space }) => space)).toEqual(['new:8', 'new:8']);
});
