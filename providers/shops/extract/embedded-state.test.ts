import { describe, expect, test } from 'vitest';
import { extractProduct } from './extract-product.ts';

const url = 'https://shop.example/cups/blue-cup';

/** A page that a script draws: its state, and what else it shows. */
function read(product: object, shown = '') {
  const state = JSON.stringify({ props: { pageProps: { product: { name: 'Blue cup', ...product } } } });
  const html = `<title>Blue cup – Shop</title><div id="app"></div>${shown}<script id="__NEXT_DATA__" type="application/json">${state}</script>`;
  return extractProduct({ html, url, config: { fields: {}, language: null, currency: null } });
}

describe('a whole number as price', () => {
  test('counts units when its currency is beside it and nothing hints at hundredths', () => {
    const { price } = read({ sku: 'A-100', price: 21, currency: 'EUR' });
    expect(price).toEqual({ value: { amount: '21', currency: 'EUR' }, from: 'embedded-state', confidence: 0.5 });
  });

  test('counts units, surer, when the page shows it so, also inside a script', () => {
    const shown = String.raw`<script>app.innerHTML="<b class=\"x\">1 990\u00a0₽<\/b>"</script>`;
    const { price } = read({ sku: 'A-100', price: 1990, currency: 'RUB' }, shown);
    expect(price).toEqual({ value: { amount: '1990', currency: 'RUB' }, from: 'embedded-state', confidence: 0.6 });
  });

  test.each([
    ['the page shows the hundredth part', { price: 2100, currency: 'EUR' }, '<script>t("21,00 €")</script>'],
    ['a sibling is the hundredth part', { price: 2100, currency: 'EUR', priceDecimal: 21 }, ''],
    ['a sibling shows the hundredth part', { price: 2100, currency: 'EUR', formattedPrice: '€21.00' }, ''],
    ['its name says so', { priceInCents: 2100, currency: 'EUR' }, ''],
    ['its record says so', { price: { centAmount: 2100, currencyCode: 'EUR', fractionDigits: 2 } }, ''],
  ])('counts hundredths when %s', (_, product, shown) => {
    expect(read({ sku: 'A-100', ...product }, shown).price?.value).toEqual({ amount: '21', currency: 'EUR' });
  });

  test('a text beside it that shows the same amount says that it counts units', () => {
    const { price } = read({ sku: 'A-100', price: { value: 2100, currency: 'EUR', formatted: '2.100 €' } });
    expect(price?.value).toEqual({ amount: '2100', currency: 'EUR' });
  });

  test('is left alone when nothing says what it counts', () => {
    expect(read({ sku: 'A-100', price: 2100 }).price).toBeUndefined();
    const both = '<script>t("2100 €", "21.00 €")</script>';
    expect(read({ sku: 'A-100', price: 2100, currency: 'EUR' }, both).price).toBeUndefined();
  });

  test('counts units in currencies without hundredths', () => {
    expect(read({ sku: 'A-100', price: 2100, currency: 'JPY' }).price?.value.amount).toBe('2100');
  });
});

test('a state says everything else about its product', () => {
  const page = read({
    sku: 'A-100',
    gtin: '4006381333931',
    price: 21,
    oldPrice: 28,
    currency: 'EUR',
    images: [{ url: '/1.jpg' }, '//cdn.example/2.jpg', 'not a link'],
    description: '<p>A cup for tea &amp; coffee in blue.</p>',
    attributes: [{ name: 'Material', value: 'clay' }, { name: 'Volume' }],
    categories: [{ name: 'Kitchen' }, { name: 'Cups' }],
    rating: { value: 4.7, count: 12 },
    variants: [
      { name: 'Small', sku: 'A-100-1', price: 21, inStock: true },
      { name: 'Large', sku: 'A-100-2', price: 25, inStock: false, url: '?size=l' },
    ],
  });
  expect(page.gtin?.value).toBe('4006381333931');
  expect(page.oldPrice?.value).toEqual({ amount: '28', currency: 'EUR' });
  expect(page.highPrice?.value.amount).toBe('25');
  expect(page.images?.value).toEqual(['https://shop.example/1.jpg', 'https://cdn.example/2.jpg']);
  expect(page.description?.value).toBe('A cup for tea & coffee in blue.');
  expect(page.attributes?.value).toEqual({ Material: 'clay' });
  expect(page.categoryPath?.value).toEqual(['Kitchen', 'Cups']);
  expect(page.rating?.value).toEqual({ value: 4.7, outOf: 5, count: 12 });
  expect(page.variants?.value[1]).toEqual({
    name: 'Large',
    sku: 'A-100-2',
    price: { amount: '25', currency: 'EUR' },
    availability: 'out_of_stock',
    url: 'https://shop.example/cups/blue-cup?size=l',
  });
});

test('of several objects with the name, the one with the most about the product is taken', () => {
  const cart = { name: 'Blue cup', price: 3, currency: 'EUR' };
  const page = read({ related: [cart], sku: 'A-100', price: 21, currency: 'EUR', images: ['/1.jpg'] });
  expect(page.price?.value.amount).toBe('21');
});
