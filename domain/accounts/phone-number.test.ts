import { expect, test } from 'vitest';
import { phoneDigits } from './phone-number.ts';

test.each([
  ['+7 (900) 123-45-67', '79001234567'],
  ['8 900 123-45-67', '79001234567'],
  ['+8 900 123 45 67', '89001234567'],
  ['99966 2 0001', '9996620001'],
  ['12345', null],
  ['+0 900 123 45 67', null],
  ['7900abc1234567', null],
  ['1234567890123456', null],
  ['', null],
])('«%s» is %s', (text, digits) => {
  expect(phoneDigits(text)).toBe(digits);
});
