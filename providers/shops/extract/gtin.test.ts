import { expect, test } from 'vitest';
import { gtinValue } from './gtin.ts';

test.each([
  ['4006381333931', '4006381333931'],
  ['978-3-16-148410-0', '9783161484100'],
  [96385074, '96385074'],
  ['036000291452', '036000291452'],
])('%s is a barcode number', (value, expected) => {
  expect(gtinValue(value)).toBe(expected);
});

test.each(['4006381333932', '0000000000000', '12345', '123456789', 'EAN', null, {}])('%s is none', (value) => {
  expect(gtinValue(value)).toBeNull();
});
