import type { SqlEntityManager } from '@mikro-orm/sql';
import { PriceChange } from '../entities/price-change.ts';
import { Product } from '../entities/product.ts';
import { Source } from '../entities/source.ts';

/** A product with the name of its source. */
export interface ProductWithSource {
  readonly product: Product;
  readonly source: { readonly id: string; readonly name: string };
}

/** The product with this id, gone ones too, or null. */
export async function readProduct(em: SqlEntityManager, productId: string): Promise<ProductWithSource | null> {
  const product = await em.findOne(Product, { id: productId });
  if (product === null) return null;
  const names = await sourceNames(em, [product.source.id]);
  return { product, source: { id: product.source.id, name: names.get(product.source.id) ?? '' } };
}

/** Names of sources by their ids; ids that do not exist are left out. */
export async function sourceNames(em: SqlEntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const sources = await em.find(Source, { id: { $in: [...new Set(ids)] } }, { fields: ['id', 'name'] });
  return new Map(sources.map(({ id, name }) => [id, name]));
}

export interface PriceHistoryQuery {
  readonly productId: string;
  readonly limit: number;
  /** `id` of the last change of the page before. */
  readonly after: number | null;
}

/** Changes of price, currency or availability of a product, oldest first, at most `limit`. */
export async function listPriceChanges(
  em: SqlEntityManager,
  { productId, limit, after }: PriceHistoryQuery,
): Promise<PriceChange[]> {
  const where = { product: productId, id: { $gt: after ?? 0 } };
  return await em.find(PriceChange, where, { orderBy: { id: 'asc' }, limit });
}
