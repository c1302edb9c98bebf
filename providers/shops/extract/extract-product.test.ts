import { describe, expect, test } from 'vitest';
import { extractProduct } from './extract-product.ts';

const URL_ = 'https://shop.example/catalog/blue-cup-10452.html';
const none = { fields: {}, language: null, currency: null };

function extract(body: string, { head = '', config = none }: { head?: string; config?: typeof none | object } = {}) {
  const html = `<html lang="en-GB"><head>${head}</head><body>${body}</body></html>`;
  return extractProduct({ html, url: URL_, config: { ...none, ...config } });
}

const ldJson = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
const cup = {
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: 'Blue cup',
  sku: '10452',
  brand: { '@type': 'Brand', name: 'Aurora' },
  image: '/cup.jpg',
  offers: { '@type': 'Offer', price: '1200.00', priceCurrency: 'RUR', availability: 'https://schema.org/InStock' },
};

describe('JSON-LD', () => {
  test('gives every field with its origin', () => {
    const page = extract('<h1>Blue cup</h1><b>1 200 ₽</b>', { head: ldJson(cup) });
    expect(page.price).toEqual({ value: { amount: '1200', currency: 'RUB' }, from: 'json-ld', confidence: 0.95 });
    expect(page.title?.value).toBe('Blue cup');
    expect(page.availability?.value).toBe('in_stock');
    expect(page.images?.value).toEqual(['https://shop.example/cup.jpg']);
    expect(page.language?.value).toBe('en');
  });

  test('gives way to the page when the page crosses its price out', () => {
    const body =
      '<h1>Blue cup</h1><div class="price"><del>1 200 ₽</del> <span class="price-now">990 ₽</span></div><button>Add to cart</button>';
    const page = extract(body, { head: ldJson(cup) });
    expect(page.price?.value.amount).toBe('990');
    expect(page.price?.from).toBe('dom');
    expect(page.oldPrice?.value.amount).toBe('1200');
  });

  test('reads a group with variants as a range', () => {
    const variant = (sku: string, price: string, stock: string) => ({
      '@type': 'Product',
      name: `Cup ${sku}`,
      sku,
      offers: { '@type': 'Offer', price, priceCurrency: 'EUR', availability: stock },
    });
    const group = {
      '@type': 'ProductGroup',
      name: 'Cup',
      hasVariant: [variant('S1', '12', 'OutOfStock'), variant('L1', '15', 'InStock')],
    };
    const page = extract('<h1>Cup</h1>', { head: ldJson(group) });
    expect(page.price?.value).toEqual({ amount: '12', currency: 'EUR' });
    expect(page.highPrice?.value.amount).toBe('15');
    expect(page.availability?.value).toBe('in_stock');
    expect(page.variants?.value.map(({ sku }) => sku)).toEqual(['S1', 'L1']);
  });

  test('takes the sale price, not the list price, of several specifications', () => {
    const offers = {
      '@type': 'Offer',
      priceCurrency: 'EUR',
      priceSpecification: [
        { '@type': 'UnitPriceSpecification', priceType: 'https://schema.org/ListPrice', price: 30 },
        { '@type': 'UnitPriceSpecification', price: 20 },
      ],
    };
    const page = extract('<h1>Blue cup</h1>', { head: ldJson({ ...cup, offers }) });
    expect(page.price?.value.amount).toBe('20');
    expect(page.oldPrice?.value.amount).toBe('30');
  });

  test('takes none of the products of a list for the page', () => {
    const list = {
      '@type': 'ItemList',
      itemListElement: [1, 2, 3].map((n) => ({ '@type': 'Product', name: `P${n}`, offers: { price: n } })),
    };
    expect(extract('<h1>All cups</h1>', { head: ldJson(list) }).price).toBeUndefined();
  });
});

describe('the page itself', () => {
  test('the price is that of the product, not of its neighbours, delivery or the former one', () => {
    const page = extract(`<header>Free delivery over <b>5 000 ₽</b></header><h1>Blue cup</h1>
      <div class="buy"><span class="old-price">2 500 ₽</span><span class="price">1 990 ₽</span><button>В корзину</button></div>
      <p class="delivery">Доставка 300 ₽</p>
      <section class="related">${'<a href="/p/2"><span class="price">500 ₽</span></a>'.repeat(5)}</section>`);
    expect(page.price?.value).toEqual({ amount: '1990', currency: 'RUB' });
    expect(page.oldPrice?.value.amount).toBe('2500');
    expect(page.availability?.value).toBe('in_stock');
  });

  test('reads cents that stand in an element of their own', () => {
    const page = extract('<h1>Cup</h1><div class="price"><span>12</span><sup>49</sup> €</div>');
    expect(page.price?.value).toEqual({ amount: '12.49', currency: 'EUR' });
  });

  test('a price on request is no price', () => {
    expect(extract('<h1>Cup</h1><div class="price">Цена по запросу</div>').price).toBeUndefined();
  });

  test.each([
    'Нет в наличии',
    'Currently unavailable.',
    'Sold out',
    'Derzeit nicht verfügbar',
    'Rupture de stock',
    'Agotado',
    'Non disponibile',
    'Produkt niedostępny',
  ])('«%s» near the heading means out of stock', (text) => {
    expect(extract(`<h1>Cup</h1><p class="stock">${text}</p>`).availability?.value).toBe('out_of_stock');
  });

  test('stock words of one size or of another product say nothing about the product', () => {
    const page = extract(`<h1>Cup</h1><ul class="sizes"><li><span>Sold out</span></li></ul>
      <button>Add to basket</button><div class="related"><p>Out of stock</p></div>`);
    expect(page.availability?.value).toBe('in_stock');
  });

  test('an article number is read from its label, else from the address', () => {
    expect(extract('<h1>Cup</h1><dl><dt>Артикул:</dt><dd>AB-77</dd></dl>').sku?.value).toBe('AB-77');
    expect(extract('<h1>Cup</h1>').sku).toEqual({ value: '10452', from: 'url', confidence: 0.5 });
  });

  test('a brand is read from its row alone', () => {
    expect(
      extract('<h1>Cup</h1><table><tr><td>Brand</td><td>Aurora</td></tr><tr><td>Colour</td><td>blue</td></tr></table>')
        .brand?.value,
    ).toBe('Aurora');
  });

  test('state embedded in a script fills what is missing', () => {
    const state = {
      props: { product: { name: 'Blue cup', sku: 'ZX-900', brand: 'Aurora', price: '12.50', currency: 'EUR' } },
    };
    const page = extract(
      `<h1>Blue cup</h1><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(state)}</script>`,
    );
    expect(page.price).toMatchObject({ value: { amount: '12.5', currency: 'EUR' }, from: 'embedded-state' });
    expect(page.brand?.value).toBe('Aurora');
  });
});

describe('source configuration', () => {
  test('selectors have the last word', () => {
    const config = {
      fields: { price: { select: '.member' }, images: { select: '.shots img', attribute: 'data-big' } },
      currency: 'EUR',
    };
    const page = extract(
      '<h1>Cup</h1><i class="member">7,50</i><div class="shots"><img data-big="/1.jpg"><img data-big="/2.jpg"></div>',
      { head: ldJson(cup), config },
    );
    expect(page.price).toEqual({ value: { amount: '7.5', currency: 'EUR' }, from: 'selector', confidence: 1 });
    expect(page.images?.value).toEqual(['https://shop.example/1.jpg', 'https://shop.example/2.jpg']);
  });

  test('an unreadable selector leaves the field to the other readers', () => {
    const page = extract('<h1>Cup</h1>', { head: ldJson(cup), config: { fields: { price: { select: 'div[[' } } } });
    expect(page.price?.from).toBe('json-ld');
  });
});

test('broken markup yields a page without fields, not an error', () => {
  for (const html of [
    '',
    '<',
    '<div><p></div>'.repeat(50),
    '\u0000\uffff<script type="application/ld+json">{',
    '<a '.repeat(3_000),
  ]) {
    expect(() => extractProduct({ html, url: URL_, config: none })).not.toThrow();
  }
});

test.each([
  ['nested blocks', '<div>'.repeat(20_000) + '<b class="price">5 €</b>'],
  ['nested items', '<div itemscope itemprop="a">'.repeat(4_000)],
  ['nested RDFa items', '<div typeof="Product" property="a">'.repeat(4_000)],
  ['a thousand prices in one block', `<div>${'<span class="price">5 €</span>'.repeat(5_000)}</div>`],
  ['unclosed scripts', '<script type="application/ld+json">{'.repeat(5_000)],
])('a hostile page of %s is read to its end', (_, html) => {
  expect(() => extractProduct({ html, url: URL_, config: none })).not.toThrow();
});
