import { expect, test } from 'vitest';
import { classifyPage, looksLikeProduct } from './classify-page.ts';
import { found } from './product-draft.ts';

const at = { requestedUrl: 'https://shop.example/p/1', finalUrl: 'https://shop.example/p/1', productLinks: 0 };
const title = found('Blue cup', 'dom');
const price = found({ amount: '10', currency: 'EUR' }, 'dom');

test('a page with product markup is a product, whatever cards it has', () => {
  const product = { title: found('Blue cup', 'json-ld'), price: found({ amount: '10', currency: 'EUR' }, 'json-ld') };
  expect(classifyPage({ ...at, product, productLinks: 40 }).kind).toBe('product');
});

test('a shown price and stock line make a product, many cards a listing', () => {
  const product = { title, price, availability: found('in_stock' as const, 'dom') };
  expect(classifyPage({ ...at, product }).kind).toBe('product');
  expect(looksLikeProduct(product)).toBe(true);
  expect(classifyPage({ ...at, product: { title, price }, productLinks: 24 }).kind).toBe('listing');
});

test('a page that says it is missing, or turned out to be the front page, is a soft 404', () => {
  expect(classifyPage({ ...at, product: { title: found('Страница не найдена', 'dom') } }).kind).toBe('soft-404');
  const home = classifyPage({ ...at, product: { title, price }, finalUrl: 'https://shop.example/' });
  expect(home).toEqual({ kind: 'soft-404', reasons: ['redirected to the front page'] });
});

test('a page with a title alone is something else', () => {
  expect(classifyPage({ ...at, product: { title } }).kind).toBe('other');
});
