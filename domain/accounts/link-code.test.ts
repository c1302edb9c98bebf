import { expect, test } from 'vitest';
import { readLinkCode } from './link-code.ts';

test.each([
  ['ABCDEFGH', 'ABCDEFGH'],
  [' abcd-efgh ', 'ABCDEFGH'],
  ['ABCDEFG', null],
  ['ABCDEFGHI', null],
  ['ABCDEFGO', null],
  ['ABCDEFG1', null],
  ['', null],
])('%j is the code %j', (typed, code) => {
  expect(readLinkCode(typed)).toBe(code);
});
