import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { loadProducts, type ShopProduct } from '../../sandbox/shop/products.ts';
import { productRecord } from './product-record.ts';

/** The sample shop's products as a complete crawl stores them. */
export const sampleProducts = (): ProductRecord[] => loadProducts().map(toRecord);

const toRecord = (product: ShopProduct): ProductRecord =>
  productRecord({
    url: `http://shop.test${product.path}`,
    title: product.title,
    brand: product.brand,
    description: product.description,
    categoryPath: [product.category.name],
    attributes: product.attributes,
    sku: product.sku,
    gtin: product.gtin,
    priceMinor: product.price === null ? null : Math.round(product.price * 100),
    currency: product.currency,
    availability: product.availability,
    language: product.language,
  });
