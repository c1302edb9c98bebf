import { expect, test } from 'vitest';
import { likelyWords, type KnownWord } from './spelling.ts';

const vocabulary: KnownWord[] = [
  { word: 'подарок', products: 40 },
  { word: 'кофемолк', products: 3 },
  { word: 'серьг', products: 6 },
  { word: 'серв', products: 9 },
  { word: 'кот', products: 3 },
];
const guesses = (word: string) => likelyWords(word, vocabulary).map((known) => known.word);

test.each([
  ['подорок', 'подарок'],
  ['кофемлк', 'кофемолк'],
  ['серьшг', 'серьг'],
  ['сеьрг', 'серьг'],
])('%s may be %s', (word, known) => {
  expect(guesses(word)).toEqual([known]);
});

test('of words as near the most frequent comes first', () => {
  expect(guesses('серг')).toEqual(['серв', 'серьг']);
});

test('short words, and words with digits, are not guessed', () => {
  expect(guesses('код')).toEqual([]);
  expect(guesses('подаро1')).toEqual([]);
});

test('a word near to none has no guess', () => {
  expect(guesses('трактор')).toEqual([]);
});
