import { describe, expect, test } from 'vitest';
import { extractProduct } from './extract-product.ts';

const url = 'https://shop.example/cups/blue-cup';
const read = (body: string, head = '') =>
  extractProduct({
    html: `<html><head>${head}</head><body>${body}</body></html>`,
    url,
    config: { fields: {}, language: null, currency: null },
  });

describe('figures on the page', () => {
  test('a barcode is read from its label when its check digit is right', () => {
    expect(read('<h1>Cup</h1><ul><li>EAN: 4006381333931</li></ul>').gtin?.value).toBe('4006381333931');
    expect(read('<h1>Cup</h1><ul><li>EAN: 4006381333930</li></ul>').gtin).toBeUndefined();
  });

  test.each([
    ['<p><span>★★★★★</span> <span>4.7</span> · <span>33</span> отзыва</p>', 4.7, 33],
    ['<div><span aria-label="4,5 von 5 Sternen"></span><a href="#r">1.204 Bewertungen</a></div>', 4.5, 1204],
    ['<p>4.2 out of 5 (17 customer reviews)</p>', 4.2, 17],
    ['<p>★ 4 <span>Reviews (9)</span></p>', 4, 9],
  ])('a rating with its count near the heading: %s', (html, value, count) => {
    expect(read(`<h1>Cup</h1>${html}`).rating?.value).toEqual({ value, outOf: 5, count });
  });

  test.each([
    ['a count alone', '<h1>Cup</h1><p>33 reviews</p>'],
    ['a price beside the word', '<h1>Cup</h1><p>4.20 € · 33 reviews</p>'],
    ['another product', '<h1>Cup</h1><div class="related"><p>4.7 · 33 reviews</p></div>'],
  ])('%s is no rating', (_, html) => {
    expect(read(html).rating).toBeUndefined();
  });
});

describe('several facts in one line', () => {
  test('each label goes with the element behind it', () => {
    const page = read('<h1>Cup</h1><p>Brand: <span><b>Aurora & Co</b></span> · SKU: <span>AB-77</span></p>');
    expect(page.brand?.value).toBe('Aurora & Co');
    expect(page.sku?.value).toBe('AB-77');
  });
});

describe('prices on the page', () => {
  test('a range gives both ends', () => {
    const page = read('<h1>Cup</h1><div class="price">2 490 ₽ – 4 990 ₽</div>');
    expect(page.price?.value).toEqual({ amount: '2490', currency: 'RUB' });
    expect(page.highPrice?.value).toEqual({ amount: '4990', currency: 'RUB' });
  });

  test('two short prices side by side are two, not one with cents', () => {
    const page = read('<h1>Cup</h1><div class="buy"><s class="old">95,91 €</s><b class="price">76,73 €</b></div>');
    expect(page.price?.value.amount).toBe('76.73');
    expect(page.oldPrice?.value.amount).toBe('95.91');
  });

  test('the crossed-out price of another product is not the old price', () => {
    const card = '<li class="card"><span>900 ₽ <del>1 500 ₽</del></span></li>';
    const page = read(`<h1>Cup</h1><b class="price">990 ₽</b><ul class="related">${card}</ul>`);
    expect(page.price?.value.amount).toBe('990');
    expect(page.oldPrice).toBeUndefined();
  });
});

describe('texts and photos', () => {
  test('a description stands below the heading that announces it', () => {
    const page = read('<h1>Cup</h1><h2>Описание</h2><p>Большая синяя чашка для чая и кофе.</p>');
    expect(page.description?.value).toBe('Большая синяя чашка для чая и кофе.');
  });

  test('the one photo that data gives is joined by the gallery in which it stands', () => {
    const gallery = '<div class="gallery"><img src="/1.jpg"><img src="/2.jpg"></div>';
    const page = read(`<h1>Cup</h1>${gallery}`, '<meta property="og:image" content="/1.jpg">');
    expect(page.images).toMatchObject({
      value: ['https://shop.example/1.jpg', 'https://shop.example/2.jpg'],
      from: 'opengraph',
    });
    const other = read(`<h1>Cup</h1>${gallery}`, '<meta property="og:image" content="/social.jpg">');
    expect(other.images?.value).toEqual(['https://shop.example/social.jpg']);
  });

  test('a product is no category of its own', () => {
    const crumbs = ['Home', 'Cups', 'Blue cup'].map((name, at) => ({ '@type': 'ListItem', position: at, name }));
    const data = [
      { '@type': 'BreadcrumbList', itemListElement: crumbs },
      { '@type': 'Product', name: 'Blue cup' },
    ];
    const page = read('<h1>Blue cup</h1>', `<script type="application/ld+json">${JSON.stringify(data)}</script>`);
    expect(page.categoryPath?.value).toEqual(['Home', 'Cups']);
  });
});

describe('choices', () => {
  test('a block of options lists the variants, struck-out ones as out of stock', () => {
    const options = '<div class="options">Size: <span>S</span><span class="none">M</span></div>';
    const variant = { sku: null, price: null, url: null };
    expect(read(`<h1>Cup</h1>${options}`).variants?.value).toEqual([
      { ...variant, name: 'S', availability: null },
      { ...variant, name: 'M', availability: 'out_of_stock' },
    ]);
  });

  test.each([
    ['of another product', '<h1>Cup</h1><div class="related"><div class="sizes"><i>S</i><i>M</i></div></div>'],
    ['with one entry', '<h1>Cup</h1><ul class="options"><li>S</li></ul>'],
    ['with long texts', `<h1>Cup</h1><ul class="options"><li>S</li><li>${'text '.repeat(20)}</li></ul>`],
  ])('a block %s lists none', (_, html) => {
    expect(read(html).variants).toBeUndefined();
  });
});
