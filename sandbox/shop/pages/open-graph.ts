import type { ShopProduct } from '../products.ts';
import { esc } from './html.ts';

const AVAILABILITY = { in_stock: 'in stock', out_of_stock: 'out of stock', preorder: 'preorder' } as const;

/** OpenGraph tags of a product: all that its page tells a machine. */
export function renderOpenGraph(product: ShopProduct, base: string): string {
  const { price, oldPrice, currency } = product;
  const tags: [string, string][] = [
    ['og:type', 'product'],
    ['og:title', product.title],
    ['og:description', product.description],
    ['og:url', base + product.path],
    ['og:image', `${base}/img/${product.id}.svg`],
    ['og:locale', product.language === 'ru' ? 'ru_RU' : 'en_GB'],
    ['product:brand', product.brand],
    ['product:retailer_item_id', product.sku],
    ['product:availability', AVAILABILITY[product.availability]],
  ];
  if (price !== null) tags.push(['product:price:amount', price.toFixed(2)], ['product:price:currency', currency]);
  if (oldPrice !== null) {
    tags.push(['product:original_price:amount', oldPrice.toFixed(2)], ['product:original_price:currency', currency]);
  }
  return tags.map(([name, content]) => `<meta property="${name}" content="${esc(content)}">`).join('\n');
}
