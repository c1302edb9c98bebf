import { describe, expect, test } from 'vitest';
import type { Availability } from '../../../domain/catalog/product-page.ts';
import { extractProduct } from './extract-product.ts';
import { OpenPage } from './open-page.ts';
import { bearsOut } from './quick-check.ts';

const claim = {
  price: { amount: '1990', currency: 'RUB' },
  availability: 'in_stock' as Availability,
  sku: 'AB-77',
};
const check = (body: string, claims: Partial<typeof claim> = {}) =>
  bearsOut(`<body><h1>Cup</h1>${body}</body>`, { ...claim, ...claims });

describe('a page bears out its JSON-LD', () => {
  test('when it shows the amount', () => {
    expect(check('<b>1&nbsp;990 ₽</b>')).toEqual({ oldPrice: null, rows: [] });
    expect(check('<b>1 990,00 ₽</b>')).not.toBeNull();
  });

  test('with the one old price beside it and the rows of its tables', () => {
    const old = '<s class="old">2 490 ₽</s><b>1 990 ₽</b>';
    const rows =
      '<table><tr><th>Цвет:</th><td>си&shy;ний <i>!</i></td></tr></table><dl><dt>Объём</dt><dd>0,3 л</dd></dl>';
    expect(check(old + rows)).toEqual({
      oldPrice: { amount: '2490', currency: 'RUB' },
      rows: [
        ['Цвет', 'си\u00adний !'],
        ['Объём', '0,3 л'],
      ],
    });
  });

  test('when both say that it is sold out', () => {
    expect(check('<b>1 990 ₽</b><p>Нет в наличии</p>', { availability: 'out_of_stock' })).not.toBeNull();
    expect(check('<b>1 990 ₽</b><p>В наличии</p>', { availability: 'out_of_stock' })).toBeNull();
    expect(check('<b>1 990 ₽</b><p>Нет в наличии</p>')).toBeNull();
  });

  test('whatever reviews and other products say below', () => {
    const below = '<section class="related"><p>Sold out</p><del>1 990 ₽</del></section>';
    expect(check(`<b>1 990 ₽</b>${'<p>text</p>'.repeat(30)}${below}`)).not.toBeNull();
  });

  test('when the article number beside a label is its own', () => {
    expect(check('<b>1 990 ₽</b><p>Артикул: <b>AB-77</b></p>')).not.toBeNull();
    expect(check('<b>1 990 ₽</b><p>Артикул: <b>ZX-9000</b></p>')).toBeNull();
  });
});

describe('a page does not bear out its JSON-LD', () => {
  test.each([
    ['it shows another amount', '<b>2 990 ₽</b>'],
    ['it shows the amount as a part of another one', '<b>11 990 ₽</b> <b>1 990,50 ₽</b>'],
    ['it crosses the amount out', '<del>1 990 ₽</del><b>1 490 ₽</b>'],
    ['it names the amount as the former one', '<span class="price-old">1 990 ₽</span><b>1 490 ₽</b>'],
    ['it crosses out several', '<s>2 490 ₽</s><s>2 990 ₽</s><b>1 990 ₽</b>'],
  ])('when %s', (_, body) => {
    expect(check(body)).toBeNull();
  });

  test('when it has no heading', () => {
    expect(bearsOut('<b>1 990 ₽</b>', claim)).toBeNull();
  });
});

test('a page that bears out full JSON-LD is read without its DOM', () => {
  const product = {
    '@type': 'Product',
    name: 'Cup',
    sku: 'AB-77',
    brand: 'Aurora',
    image: '/1.jpg',
    description: 'A cup for tea.',
    offers: { price: 1990, priceCurrency: 'RUB', availability: 'https://schema.org/OutOfStock' },
  };
  const head = `<script type="application/ld+json">${JSON.stringify(product)}</script>`;
  const html = `<html lang="ru">${head}<h1>Cup</h1><s>2 490 ₽</s><b>1 990 ₽</b><p>Нет в наличии</p></html>`;
  class Closed extends OpenPage {
    override get dom(): never {
      throw new Error('the DOM was built');
    }
  }
  const page = extractProduct({
    html,
    page: new Closed(html),
    url: 'https://shop.example/p/1',
    config: { fields: {}, language: null, currency: null },
  });
  expect(page.availability?.value).toBe('out_of_stock');
  expect(page.oldPrice?.value).toEqual({ amount: '2490', currency: 'RUB' });
});
