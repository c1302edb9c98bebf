import type { MikroORM } from '@mikro-orm/postgresql';
import { buildVectorIndex, EXACT_ROWS } from '../../db/repositories/vector-index.ts';
import { completeSpace, createSemanticSpace, servingSpaces } from '../../db/repositories/vector-spaces.ts';
import { pageOfStaleProducts, storeVectors } from '../../db/repositories/vectors.ts';
import type { Sampler } from './sample.ts';

/** Prices are spread evenly up to here, so that a bound on the price passes the share of products it is of it. */
export const HIGHEST_PRICE_MINOR = 1_000_000;
export const DIMENSIONS = 384;
const STORED_AT_ONCE = 1_000;

/** Fills an empty database with products and vectors, and lets them serve. Returns some of the vectors. */
export async function fillCatalogue(orm: MikroORM, sampler: Sampler, products: number): Promise<Float32Array[]> {
  const em = () => orm.em.fork();
  await em().execute(
    `insert into source (id, name, config, state) values (gen_random_uuid(), 'bench', '{}', 'active')`,
  );
  await em().execute(
    `insert into product (id, source_id, url, title, description, category_path, images, attributes, variants,
       price_minor, currency, availability, provenance, missing, text_hash)
     select gen_random_uuid(), source.id, 'http://bench.test/' || n, 'Gift ' || (n % 977) || ' of set ' || (n % 89),
       'word' || (n % 5003) || ' word' || (n % 17) || ' word' || (n % 401), '[]', '[]', '{}', '[]',
       (n * 7919::bigint) % ${HIGHEST_PRICE_MINOR}, 'RUB', 'in_stock', '{}', '[]', n::text
     from source, generate_series(1, ?) as n`,
    [products],
  );
  const space = await createSemanticSpace(em(), {
    model: 'bench',
    dimensions: DIMENSIONS,
    queryPrefix: '',
    passagePrefix: '',
  });
  const kept: Float32Array[] = [];
  for (let after: string | null = null; ;) {
    const page = await pageOfStaleProducts(em(), space, { after, limit: STORED_AT_ONCE });
    const last = page.at(-1);
    if (last === undefined) break;
    const vectors = page.map(({ id, textHash }) => ({ productId: id, textHash, embedding: sampler.vector() }));
    kept.push(...vectors.slice(0, 5).map(({ embedding }) => embedding));
    await storeVectors(em(), space, vectors);
    after = last.id;
  }
  const found = { name: space, dimensions: DIMENSIONS };
  if (products > EXACT_ROWS) await buildVectorIndex(em(), found);
  await completeSpace(em(), space);
  await em().execute('vacuum analyze'); // as a server does by itself in its first minute
  if ((await servingSpaces(em())).semantic === undefined) throw new Error('the space does not serve');
  return kept;
}
