import { expect, test } from 'vitest';
import { urlIds } from './url-ids.ts';

test.each([
  ['https://shop.example/blue-cup-10452.html', '10452'],
  ['https://shop.example/dp/B07FW264WL', 'B07FW264WL'],
  ['https://shop.example/item/blue-cup-iid-1021493409', '1021493409'],
  ['https://shop.example/cup-x3410048.php', '3410048'],
  ['https://shop.example/cup-p11002710.html?v1=84518927', '11002710'],
  ['https://shop.example/store/36064?pid=262388', '262388'],
])('the best identifier of %s is %s', (url, expected) => {
  expect(urlIds(url)[0]?.value).toBe(expected);
});

test('words, years of a path and unreadable addresses give none', () => {
  expect(urlIds('https://shop.example/catalog/blue-cup')).toEqual([]);
  expect(urlIds('not a url')).toEqual([]);
  expect(urlIds('https://shop.example/%E0%A4%A/cup')).toEqual([]);
});
