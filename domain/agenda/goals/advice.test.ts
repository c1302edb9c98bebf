import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST_ADVICE, modelAdvice } from './advice.ts';

test('what a model said is shown as plain text', () => {
  expect(modelAdvice('  Всё по плану.\r\n\r\n\r\n\r\nШаг: 5 км & отдых 👨‍👩‍👧.\n')).toBe(
    'Всё по плану.\n\nШаг: 5 км & отдых 👨‍👩‍👧.',
  );
  expect(modelAdvice('a\u202Eb\u0000c\u200Bd')).toBe('abcd');
  expect(modelAdvice('<b>bold</b>')).toBe('<b>bold</b>'); // it is escaped where it becomes HTML
});

test.each([
  ['nothing', ' \n\u200B '],
  ['too much', 'a'.repeat(LONGEST_ADVICE + 1)],
  ['an address', 'see https://evil.example/x'],
  ['an address without a scheme', 'see WWW.evil.example'],
  ['an address of a chat', 'write to t.me/evil'],
])('%s is refused', (_name, said) => {
  expect(() => modelAdvice(said)).toThrow(expect.objectContaining({ code: 'advice-unusable' }));
});

test('whatever it says, what passes can be shown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1500 }), (said) => {
      let text: string;
      try {
        text = modelAdvice(said);
      } catch {
        return;
      }
      expect(text.trim()).toBe(text);
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(LONGEST_ADVICE);
      expect(text).not.toMatch(/[\u200B\u202A-\u202E]/);
    }),
    { numRuns: 30 },
  );
});
