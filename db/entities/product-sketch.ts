import { defineEntity, p } from '@mikro-orm/core';
import type { Availability } from '../../domain/catalog/product-page.ts';
import { Product } from './product.ts';

const ProductSketchSchema = defineEntity({
  name: 'ProductSketch',
  tableName: 'product_sketch',
  indexes: [
    {
      // Everything that a search reads of a row: it never visits the table itself.
      name: 'product_sketch_covering_index',
      properties: ['space', 'currency', 'priceMinor'],
      include: ['product', 'sourceId', 'goneAt', 'availability', 'sketch'],
    },
  ],
  properties: {
    product: () => p.manyToOne(Product).primary().deleteRule('cascade'),
    /** Name of a semantic `EmbeddingSpace`. */
    space: p.text().primary(),
    sourceId: p.uuid(),
    priceMinor: p.bigint('number').nullable(),
    goneAt: p.datetime().nullable(),
    currency: p.text().nullable(),
    availability: p.text().$type<Availability>().nullable(),
    /** One bit for each number of the vector: whether it is above 0. */
    sketch: p.text().columnType('varbit').lazy(),
  },
});
/** A vector as bits beside what products are filtered by, so that one pass over narrow rows finds what is worth a look. */
export class ProductSketch extends ProductSketchSchema.class {}
ProductSketchSchema.setClass(ProductSketch);
