import { expect, test } from 'vitest';
import { readApiPage } from './read-api-page.ts';

const config = {
  fields: {
    title: { select: 'name' },
    price: { select: 'offers.0.price' },
    availability: { select: 'inStock' },
    images: { select: 'photos' },
  },
  language: 'ru',
  currency: 'RUB',
};
const rules = { items: 'data.items', next: 'data.next', url: 'link' };

test('reads items by dot paths, with the next page, and counts entries without an address', () => {
  const json = {
    data: {
      next: '/api?page=2',
      items: [
        {
          link: '/p/1',
          name: 'Чашка',
          offers: [{ price: 990.5 }],
          inStock: false,
          photos: [{ url: '/1.jpg' }, '/2.jpg'],
        },
        { name: 'nowhere' },
        { link: 'javascript:alert(1)', name: 'bad' },
      ],
    },
  };
  const page = readApiPage({ json, url: 'https://shop.example/api', rules, config });
  expect(page.next).toBe('https://shop.example/api?page=2');
  expect(page.skipped).toBe(2);
  expect(page.items.map((item) => item.url)).toEqual(['https://shop.example/p/1']);
  expect(page.items[0]?.product).toEqual({
    title: { value: 'Чашка', from: 'api', confidence: 1 },
    price: { value: { amount: '990.5', currency: 'RUB' }, from: 'api', confidence: 1 },
    availability: { value: 'out_of_stock', from: 'api', confidence: 1 },
    images: { value: ['https://shop.example/1.jpg', 'https://shop.example/2.jpg'], from: 'api', confidence: 1 },
  });
});

test('an answer of another shape has no items and no next page', () => {
  for (const json of [null, 1, 'x', [], { data: { items: { a: 1 } } }]) {
    expect(readApiPage({ json, url: 'https://shop.example/api', rules, config })).toEqual({
      items: [],
      next: null,
      skipped: 0,
    });
  }
});

test('a number with three decimals is exact, not thousands', () => {
  const json = [{ link: '/p/1', offers: [{ price: 34.125 }] }];
  const page = readApiPage({
    json,
    url: 'https://shop.example/api',
    rules: { items: '', next: null, url: 'link' },
    config,
  });
  expect(page.items[0]?.product.price?.value.amount).toBe('34.125');
});
