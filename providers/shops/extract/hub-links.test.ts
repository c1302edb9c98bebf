import { expect, test } from 'vitest';
import { DEFAULT_PROPOSALS, type ProposalRules } from '../../../contracts/source-config.ts';
import { hubLinks } from './hub-links.ts';

const rules = { product: ['/p/*'], listing: ['/catalog/toys/*'], ignore: ['/catalog/sale/*'] };
function hubs(
  html: string,
  { links = rules, proposals = {} }: { links?: typeof rules; proposals?: Partial<ProposalRules> } = {},
) {
  const startUrls = ['https://shop.example/catalog/toys/', 'https://shop.example/catalog/dolls/'];
  const config = { startUrls, links, proposals: { ...DEFAULT_PROPOSALS, ...proposals } };
  return hubLinks({ html, url: 'https://www.shop.example/catalog/toys/?page=2', config });
}
const a = (...hrefs: readonly string[]) => hrefs.map((href) => `<a href="${href}">x</a>`).join('');

test('categories that the rules leave out are hubs; what they walk, skip or begin with, filters and products are not', () => {
  const html = a(
    '/catalog/books/',
    '/catalog/books/?utm_source=menu',
    '/catalog/books/?sort=price',
    '/catalog/toys/wooden/',
    '/catalog/sale/today/',
    '/p/1',
    '/cart',
    '/',
    '/about-us/',
    'https://shop.example/catalog/dolls/',
  );
  expect(hubs(html)).toEqual(['https://www.shop.example/catalog/books/']);
  expect(hubs(html, { links: { product: [], listing: [], ignore: [] } })).toEqual([]);
});

test('a menu says that an address is a category', () => {
  expect(hubs(`${a('/wine')}<nav>${a('/gifts-for-him')}</nav><footer><nav>${a('/imprint-2')}</nav></footer>`)).toEqual([
    'https://www.shop.example/gifts-for-him',
  ]);
});

test('other shops of the same domain are hubs as a whole; its service hosts and other domains are not', () => {
  const html = a(
    'https://kids.shop.example/catalog/cars/?a=1',
    'https://kids.shop.example/',
    'https://cdn.shop.example/catalog/',
    'https://help.shop.example/',
    'https://elsewhere.example/',
    'https://kids.shop.example/story',
  );
  expect(hubs(html)).toEqual(['https://kids.shop.example/']);
});

test('links to named partners are hubs; rel=nofollow is not followed to anybody', () => {
  const proposals = { partners: ['https://*.partner.example/*', '/anything/*'] };
  const html = `${a('https://toys.partner.example/start?utm_medium=x', 'https://other.example/anything/1')}
    <a rel="nofollow" href="https://ads.partner.example/">ad</a>`;
  expect(hubs(html, { proposals })).toEqual(['https://toys.partner.example/start']);
});

test('a source that wants no proposals has none', () => {
  expect(hubs(a('/catalog/books/'), { proposals: { perDay: 0 } })).toEqual([]);
});
