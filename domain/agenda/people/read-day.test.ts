import { expect, test } from 'vitest';
import { readDay } from './read-day.ts';

test.each([
  ['20 марта 1960', 20, 3, 1960],
  ['20 марта 1960 г.', 20, 3, 1960],
  ['1 мая', 1, 5, null],
  ['20.03', 20, 3, null],
  ['20.03.1960', 20, 3, 1960],
  ['1960-03-20', 20, 3, 1960],
  ['March 20, 1960', 20, 3, 1960],
  ['20th of March', 20, 3, null],
  ['29 Feb', 29, 2, null],
])('%s', (said, day, month, year) => {
  expect(readDay(said)).toEqual({ day, month, year });
});

test.each(['весной', '20', 'мартобря 20', '', '20 марта 60'])('«%s» is not guessed at', (said) => {
  expect(readDay(said)).toBeNull();
});
