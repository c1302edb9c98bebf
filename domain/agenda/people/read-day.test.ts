import { expect, test } from 'vitest';
import { readDay } from './read-day.ts';

test.each([
  ['20 марта 1960', { day: 20, month: 3, year: 1960 }],
  ['20 марта 1960 г.', { day: 20, month: 3, year: 1960 }],
  ['1 мая', { day: 1, month: 5, year: null }],
  ['20.03', { day: 20, month: 3, year: null }],
  ['20.03.1960', { day: 20, month: 3, year: 1960 }],
  ['1960-03-20', { day: 20, month: 3, year: 1960 }],
  ['March 20, 1960', { day: 20, month: 3, year: 1960 }],
  ['20th of March', { day: 20, month: 3, year: null }],
  ['29 Feb', { day: 29, month: 2, year: null }],
])('%s', (said, expected) => {
  expect(readDay(said)).toEqual(expected);
});

test.each(['весной', '20', 'мартобря 20', '', '20 марта 60'])('«%s» is not guessed at', (said) => {
  expect(readDay(said)).toBeNull();
});
