import type { SqlEntityManager } from '@mikro-orm/sql';
import type { SearchableFields } from '../../domain/catalog/product-record.ts';

/** A product as vectors are made of it. */
export interface IndexableProduct extends SearchableFields {
  readonly id: string;
  readonly textHash: string;
}

/** A page in the order of ids; `after` is the last id of the page before, null for the first. */
export interface ProductPage {
  readonly after: string | null;
  readonly limit: number;
}

/** One product's vector, made of the text with this hash. */
export interface NewVector {
  readonly productId: string;
  readonly textHash: string;
  readonly embedding: Float32Array;
}

const FIELDS = `id, text_hash as "textHash", title, brand, category_path as "categoryPath", attributes, description`;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** No vector in this space, or one of another text. */
const STALE = `not exists (select from product_vector as v
  where v.product_id = product.id and v.space = ? and v.text_hash = product.text_hash)`;

/** Products that are not gone, in the order of ids. */
export async function pageOfProducts(em: SqlEntityManager, { after, limit }: ProductPage): Promise<IndexableProduct[]> {
  return await em.execute<IndexableProduct[]>(
    `select ${FIELDS} from product where id > ? and gone_at is null order by id limit ?`,
    [after ?? FIRST, limit],
  );
}

/** As `pageOfProducts`, but only those without an up-to-date vector in the space. */
export async function pageOfStaleProducts(
  em: SqlEntityManager,
  space: string,
  { after, limit }: ProductPage,
): Promise<IndexableProduct[]> {
  return await em.execute<IndexableProduct[]>(
    `select ${FIELDS} from product where id > ? and gone_at is null and ${STALE} order by id limit ?`,
    [after ?? FIRST, space, limit],
  );
}

/** How many products are not gone. */
export async function countProducts(em: SqlEntityManager): Promise<number> {
  return await count(em, 'select count(*)::int as count from product where gone_at is null', []);
}

/** How many products have no up-to-date vector in the space. */
export async function countStaleProducts(em: SqlEntityManager, space: string): Promise<number> {
  return await count(em, `select count(*)::int as count from product where gone_at is null and ${STALE}`, [space]);
}

/** How many vectors the space has. */
export async function countVectors(em: SqlEntityManager, space: string): Promise<number> {
  return await count(em, 'select count(*)::int as count from product_vector where space = ?', [space]);
}

async function count(em: SqlEntityManager, sql: string, values: readonly unknown[]): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(sql, values);
  return row?.count ?? 0;
}

/** What products are filtered by beside their sketches. */
const OFFER = 'source_id, price_minor, gone_at, currency, availability';

/**
 * Stores vectors, those of meaning with their sketches; safe to repeat. One whose product or space is gone by now is left
 * out, and so is one whose product is being written at this moment, which would leave the sketch with an old price.
 * @throws RangeError for a vector without length, or with a number that is not finite: such a one is never stored
 */
export async function storeVectors(em: SqlEntityManager, space: string, vectors: readonly NewVector[]): Promise<void> {
  if (vectors.length === 0) return;
  const rows = vectors.map(({ embedding, ...vector }) => ({ ...vector, embedding: vectorLiteral(embedding) }));
  await em.execute(
    `with made as materialized (
       select product.id, space.name, space.kind, made."textHash", made.embedding::vector, ${OFFER}
       from jsonb_to_recordset(?::jsonb) as made ("productId" uuid, "textHash" text, embedding text)
       join product on product.id = made."productId"
       join embedding_space as space on space.name = ?
       order by product.id for share of product skip locked for key share of space
     ), sketched as (
       insert into product_sketch (product_id, space, sketch, ${OFFER})
       select id, name, binary_quantize(embedding), ${OFFER} from made where kind = 'semantic'
       on conflict (product_id, space) do update set sketch = excluded.sketch,
         (${OFFER}) = (${OFFER.replaceAll(/\w+/g, 'excluded.$&')})
     )
     insert into product_vector (product_id, space, text_hash, embedding)
     select id, name, "textHash", embedding from made
     on conflict (product_id, space) do update set text_hash = excluded.text_hash, embedding = excluded.embedding`,
    [JSON.stringify(rows), space],
  );
}

/**
 * A vector's direction as pgvector reads it, of length 1, so that its numbers are in the range of half precision.
 * @throws RangeError for one without length or with a number that is not finite
 */
export function vectorLiteral(embedding: Float32Array): string {
  let squares = 0;
  for (const value of embedding) squares += value * value;
  if (!(squares > 0 && Number.isFinite(squares))) throw new RangeError('a vector must have a finite length above 0');
  const length = Math.sqrt(squares);
  return `[${Array.from(embedding, (value) => Number((value / length).toPrecision(7))).join(',')}]`;
}
