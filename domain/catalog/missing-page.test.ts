import { expect, test } from 'vitest';
import { saysMissing } from './missing-page.ts';

test.each([
  '404',
  ' 404! ',
  'Error 404',
  'Ошибка 404',
  '404 – страница не найдена',
  '404 | Page not found',
  'HTTP 404',
])('«%s» is a missing page', (title) => {
  expect(saysMissing(title)).toBe(true);
});

test.each(['Gift number 404', 'Peugeot 404 model car', 'Картина № 404', 'Puzzle, 404 pieces', 'Lamp 1404'])(
  '«%s» is a product',
  (title) => {
    expect(saysMissing(title)).toBe(false);
  },
);
