import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitMessages } from './message-split.ts';

it('keeps lines whole and loses none', () => {
  const lines = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'й', ' ', '🎁', '⏭️', '\u0301', '\uD83C'), maxLength: 20 }),
  );
  fc.assert(
    fc.property(lines, fc.integer({ min: 60, max: 100 }), (given, limit) => {
      const messages = splitMessages(given, limit);
      expect(messages.flatMap((message) => message.split('\n'))).toEqual(given);
      expect(messages.every(({ length }) => length <= limit)).toBe(true);
    }),
  );
});

it('counts UTF-16 units, as Telegram does', () => {
  expect(splitMessages(['🎁'.repeat(4), '🎁'], 10)).toEqual(['🎁'.repeat(4), '🎁']);
  expect(splitMessages(['🎁'.repeat(4), 'a'], 10)).toEqual([`${'🎁'.repeat(4)}\na`]);
});

it('cuts an over-long line between characters', () => {
  expect(splitMessages(['ab🎁cd'], 3)).toEqual(['ab', '🎁c', 'd']);
  expect(splitMessages(['abc⏭️d'], 4)).toEqual(['abc', '⏭️d']);
  expect(splitMessages(['ab👨‍👩‍👧d'], 8)).toEqual(['ab', '👨‍👩‍👧', 'd']);
});

it('cuts an over-long line outside HTML entities', () => {
  expect(splitMessages(['abc&amp;def'], 6)).toEqual(['abc', '&amp;d', 'ef']);
  expect(splitMessages(['a&b cdefgh'], 6)).toEqual(['a&b cd', 'efgh']);
});

it('cuts even what has no safe place', () => {
  const marks = '\u0301'.repeat(9);
  expect(splitMessages([marks], 4).join('')).toBe(marks);
  expect(splitMessages([], 4)).toEqual([]);
});
