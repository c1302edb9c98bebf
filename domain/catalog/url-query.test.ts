import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeUrl } from './safe-url.ts';
import { cleanQuery, queryParameter, withParameters } from './url-query.ts';

describe('cleanQuery', () => {
  it('keeps the named parameters, once each, character for character', () => {
    expect(cleanQuery('p?a=%7e&b=2&a=3&c#x', ['a', 'c'])).toBe('p?a=%7e&c');
  });

  it('removes the named ones instead, and keeps repeats and the fragment on request', () => {
    expect(cleanQuery('p?a=1&b=2&b=3#x', ['a'], { remove: true, keepRepeats: true, keepFragment: true })).toBe(
      'p?b=2&b=3#x',
    );
  });

  it('drops the mark of a query that became empty', () => {
    expect(cleanQuery('p?a=1', [])).toBe('p');
  });
});

describe('queryParameter', () => {
  it('decodes the first non-empty value', () => {
    expect(queryParameter('/p?q=&q=%D1%87+1&q=2', 'q')).toBe('ч 1');
    expect(queryParameter('/p?q=', 'q')).toBeNull();
    expect(queryParameter('/p?q=', 'q', { keepBlank: true })).toBe('');
  });
});

describe('withParameters', () => {
  it('replaces in place, drops repeats, appends the missing and keeps the fragment', () => {
    expect(withParameters('/p?a=1&b=2&a=3#x', { a: 'чай', c: '5' })).toBe('/p?a=%D1%87%D0%B0%D0%B9&b=2&c=5#x');
  });

  it('reads the semicolons of old shops, but not those within a value', () => {
    expect(withParameters('/p?a=1;b=2', { a: '3' })).toBe('/p?a=3&b=2');
    expect(withParameters('/p?a=1;b=2', { a: '3' }, { separator: ';' })).toBe('/p?a=3;b=2');
    expect(queryParameter('/p?sort=price;desc', 'sort')).toBe('price;desc');
  });

  it('gives back what it set', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (name, value) => {
          expect(queryParameter(withParameters('/p?x', { [name]: value }), name)).toBe(value);
        },
      ),
    );
  });
});

describe('safeUrl', () => {
  it('escapes what servers would not take, and nothing twice', () => {
    const safe = safeUrl('http://my user:p%40w@Пример.рф/a b/ж%20|?q=é"#я');
    expect(safe).toBe('http://my%20user:p%40w@xn--e1afmkfd.xn--p1ai/a%20b/%D0%B6%20%7C?q=%C3%A9%22#%D1%8F');
    expect(safeUrl(safe)).toBe(safe);
  });

  it('leaves a host alone that is no domain name', () => {
    expect(safeUrl('http://.пример.рф/')).toBe('http://.пример.рф/');
  });
});
