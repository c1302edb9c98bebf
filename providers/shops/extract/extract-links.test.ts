import { describe, expect, test } from 'vitest';
import { extractLinks } from './extract-links.ts';

const url = 'https://shop.example/catalog/cups?page=2';
const open = { product: [], listing: [], ignore: [] };
const links = (html: string, rules: Partial<typeof open> | object = {}) =>
  extractLinks({ html, url, rules: { ...open, ...rules } });

const card = (id: number) =>
  `<div class="card"><a href="/p/cup-${id}?utm=1#top"><img src="/${id}.jpg"></a><a href="/p/cup-${id}">Cup</a><b>${id}00 ₽</b></div>`;

describe('extractLinks', () => {
  test('globs over path and query decide what is a product', () => {
    const found = links('<a href="/p/1">a</a><a href="/p/2?x=1">b</a><a href="/about">c</a><a href="/p/1">d</a>', {
      product: ['/p/*'],
    });
    expect(found.products).toEqual(['https://shop.example/p/1', 'https://shop.example/p/2?x=1']);
  });

  test('without globs, cards with a photo and a price are products', () => {
    const found = links(
      `<nav><a href="/catalog/plates">Plates</a></nav>${card(1)}${card(2)}<a href="/delivery">Delivery</a>`,
    );
    expect(found.products).toEqual(['https://shop.example/p/cup-1?utm=1', 'https://shop.example/p/cup-2?utm=1']);
    expect(found.listings).toEqual(['https://shop.example/catalog/plates']);
  });

  test('drops other sites, scripts, data, files, nofollow and ignored links', () => {
    const html = `<a href="javascript:x()">1</a><a href="data:text/html,x">2</a><a href="https://other.example/p/1">3</a>
      <a href="/p/1" rel="nofollow sponsored">4</a><a href="/p/2.pdf">5</a><a href="/p/cart-3">6</a><a href="mailto:a@b">7</a>`;
    expect(links(html, { product: ['/p/*'], ignore: ['*cart*'] }).products).toEqual([]);
  });

  test.each([
    ['rel=next in the head', '<head><link rel="next" href="?page=3"></head>'],
    ['rel=next on a link', '<a rel="next" href="?page=3">more</a>'],
    ['a word', '<a href="/catalog/cups?page=3">Дальше</a>'],
    ['a page number', '<a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=9">9</a>'],
  ])('finds the next page by %s', (_, html) => {
    expect(links(html).next).toBe('https://shop.example/catalog/cups?page=3');
  });

  test('there is no next page where only carousels and this page itself say next', () => {
    expect(
      links('<div class="carousel"><a class="next" href="/x">›</a></div><a rel="next" href="?page=2">next</a>').next,
    ).toBeNull();
  });

  test('obeys the robots meta tag and reads the canonical address', () => {
    const found = links(
      '<meta name="robots" content="noindex, nofollow"><link rel="canonical" href="/catalog/cups"><a href="/p/1">x</a>',
      { product: ['/p/*'] },
    );
    expect(found).toMatchObject({
      products: [],
      next: null,
      noindex: true,
      nofollow: true,
      canonical: 'https://shop.example/catalog/cups',
    });
  });
});
