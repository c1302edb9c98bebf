import { randomUUID } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Embedder } from '../../activities/ports.ts';
import { createIndexActivities } from '../../activities/recommend/indexing.ts';
import { upsertProducts } from '../../db/repositories/products.ts';
import { putSource } from '../../db/repositories/sources.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { sourceConfig } from './scripted-shop.ts';

const STORED_AT_ONCE = 500;

/** Stores products under a new source and returns its id. */
export async function storeProducts(orm: MikroORM, products: readonly ProductRecord[]): Promise<string> {
  const sourceId = randomUUID();
  await putSource(orm.em.fork(), { sourceId, name: sourceId, config: sourceConfig(), state: 'active' });
  for (let start = 0; start < products.length; start += STORED_AT_ONCE)
    await upsertProducts(orm.em.fork(), sourceId, products.slice(start, start + STORED_AT_ONCE));
  return sourceId;
}

/** What the workflow `indexCatalog` does, without a Temporal server: semantic vectors with an embedder, else lexical. */
export async function indexProducts(orm: MikroORM, embedder: Embedder | null = null): Promise<string> {
  const kind = embedder === null ? 'lexical' : 'semantic';
  const activities = createIndexActivities({ orm, embedder, indexing: { request: () => Promise.resolve() } });
  const run = async <T>(work: () => Promise<T>): Promise<T> => await new MockActivityEnvironment().run(work);
  const space = await run(() => activities.openSpace({ kind }));
  if (space === null) throw new Error(`no space for ${kind} vectors`);
  let after: string | null = null;
  do {
    const from: string | null = after;
    ({ after } = await run(() => activities.indexProducts({ space, after: from })));
  } while (after !== null);
  const replaced = await run(() => activities.serveSpace({ space }));
  await run(() => activities.dropSpaces({ spaces: replaced }));
  return space;
}
