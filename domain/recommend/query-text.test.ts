import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { normaliseSearchText, searchWords } from './query-text.ts';

test.each([
  ['Ёлочная Игрушка', 'елочная игрушка'],
  ['ﬁne ＡＢＣ', 'fine abc'],
  ['кру\u00adжка', 'кружка'],
  ['й', 'й'],
  ['и\u0306', 'й'],
])('writes %j as %j', (text, expected) => {
  expect(normaliseSearchText(text)).toBe(expected);
});

it('gives the words and numbers of a text', () => {
  expect(searchWords('Кружка «Кофе & Co», 0,5 л — 2 шт.')).toEqual(['кружка', 'кофе', 'co', '0', '5', 'л', '2', 'шт']);
  expect(searchWords(' … ')).toEqual([]);
});

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = searchWords(text).join(' ');
      expect(searchWords(once).join(' ')).toBe(once);
    }),
  );
});
