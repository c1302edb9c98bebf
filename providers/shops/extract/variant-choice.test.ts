import { expect, test } from 'vitest';
import { extractProduct } from './extract-product.ts';

const page = 'https://shop.example/cups/blue-cup';

function read(url: string, addresses: readonly (string | undefined)[]) {
  const group = {
    '@type': 'ProductGroup',
    name: 'Blue cup',
    productGroupID: 'CUP',
    hasVariant: addresses.map((address, at) => ({
      '@type': 'Product',
      name: `Blue cup, ${at}`,
      sku: `CUP-${at}`,
      offers: {
        '@type': 'Offer',
        url: address,
        price: 10 + at,
        priceCurrency: 'EUR',
        availability: `https://schema.org/${at === 1 ? 'OutOfStock' : 'InStock'}`,
      },
    })),
  };
  const html = `<h1>Blue cup</h1><script type="application/ld+json">${JSON.stringify(group)}</script>`;
  return extractProduct({ html, url, config: { fields: {}, language: null, currency: null } });
}

test("the variant that the page's address names gives price, stock and article number", () => {
  const { price, highPrice, availability, sku } = read(`${page}?size=l&utm=1`, [`${page}?size=s`, `${page}?size=l`]);
  expect(price?.value.amount).toBe('11');
  expect(highPrice).toBeUndefined();
  expect(availability?.value).toBe('out_of_stock');
  expect(sku?.value).toBe('CUP-1');
});

test('the variant with more of the parameters goes before the one without any', () => {
  expect(read(`${page}?size=l`, [page, `${page}?size=l`]).price?.value.amount).toBe('11');
  expect(read(page, [page, `${page}?size=l`]).price?.value.amount).toBe('10');
});

test.each([
  ['the address names none', page, [`${page}?size=s`, `${page}?size=l`]],
  ['all share one address', page, [page, page]],
  ['they have no addresses', page, [undefined, undefined]],
])('the group is read as a range when %s', (_, url, addresses) => {
  const { price, highPrice, availability } = read(url, addresses);
  expect([price?.value.amount, highPrice?.value.amount, availability?.value]).toEqual(['10', '11', 'in_stock']);
});
