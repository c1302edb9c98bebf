import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLenientJson } from './lenient-json.ts';

describe('parseLenientJson', () => {
  test.each([
    ['a trailing comma', '{"a": [1, 2,], }', { a: [1, 2] }],
    ['a line comment', '{"a": 1, // why\n"b": 2}', { a: 1, b: 2 }],
    ['a block comment', '{/* x */"a": 1}', { a: 1 }],
    ['a comment mark inside a string', '{"a": "http://x/ /* y */",}', { a: 'http://x/ /* y */' }],
    ['an HTML comment before it', '<!-- note -->\n{"a": 1}', { a: 1 }],
    ['a CDATA wrapper', '//<![CDATA[\n{"a": 1}\n//]]>', { a: 1 }],
    ['a raw line break in a string', '{"a": "x\ny"}', { a: 'x\ny' }],
    ['a lone backslash', String.raw`{"a": "50\% off"}`, { a: '50\\% off' }],
    ['quotes written as entities', '{&quot;a&quot;: &quot;b &amp; c&quot;}', { a: 'b & c' }],
    ['a semicolon after it', '{"a": 1};', { a: 1 }],
  ])('reads JSON with %s', (_, text, expected) => {
    expect(parseLenientJson(text)).toEqual(expected);
  });

  test('gives nothing for what stays unreadable or nests too deep', () => {
    expect(parseLenientJson('{"a": ')).toBeUndefined();
    expect(parseLenientJson('')).toBeUndefined();
    expect(parseLenientJson('['.repeat(500) + ']'.repeat(500))).toBeUndefined();
  });

  test('drops keys that reach a prototype', () => {
    const parsed = parseLenientJson('{"__proto__": {"bad": 1}, "a": {"constructor": 2, "b": 3}}');
    expect(parsed).toEqual({ a: { b: 3 } });
    expect(Reflect.get({}, 'bad')).toBeUndefined();
  });

  test('agrees with JSON.parse on every valid document', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        fc.pre(!/__proto__|constructor|prototype/.test(text) && text.trim() !== '');
        expect(parseLenientJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 50 },
    );
  });

  test('never throws on arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => void parseLenientJson(`{${text}`)),
      { numRuns: 200 },
    );
  });
});
