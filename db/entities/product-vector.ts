import { defineEntity, p } from '@mikro-orm/core';
import { Product } from './product.ts';

const ProductVectorSchema = defineEntity({
  name: 'ProductVector',
  tableName: 'product_vector',
  indexes: [{ properties: ['space'] }],
  properties: {
    product: () => p.manyToOne(Product).primary().deleteRule('cascade'),
    /** Name of an `EmbeddingSpace`, e.g. `hash-v1:7` or `text-embedding-3-small:1536`; vectors of different spaces never meet. */
    space: p.text().primary(),
    textHash: p.text(),
    /** pgvector literal `[0.1,…]`; the column has no fixed size because each space has its own. */
    embedding: p.text().columnType('vector').lazy(),
  },
});
/** One product in one embedding space. */
export class ProductVector extends ProductVectorSchema.class {}
ProductVectorSchema.setClass(ProductVector);
