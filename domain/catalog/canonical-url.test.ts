import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalizeUrl, canonicalUrl, SPELLING_POLICY } from './canonical-url.ts';

describe('canonicalUrl', () => {
  it.each([
    [
      'drops campaign and click parameters',
      'https://s.ru/p?utm_source=a&id=7&yclid=1&_openstat=x&UTM_Term=y',
      'https://s.ru/p?id=7',
    ],
    ['sorts the query by name', 'https://s.ru/p?b=1&a=2', 'https://s.ru/p?a=2&b=1'],
    [
      'keeps the order of repeats, of which a shop may read the last',
      'https://s.ru/p?id=2&id=1',
      'https://s.ru/p?id=2&id=1',
    ],
    ['keeps a bare name bare', 'https://s.ru/p?new', 'https://s.ru/p?new'],
    ['drops fragment, credentials and default port', 'http://me:pw@S.ru:80/p#top', 'http://s.ru/p'],
    ['keeps another port', 'http://s.ru:8080/p', 'http://s.ru:8080/p'],
    ['resolves dot segments, also escaped ones', 'https://s.ru/a/../b/%2e/c', 'https://s.ru/b/c'],
    [
      'writes escapes in upper case and undoes needless ones',
      'https://s.ru/%7euser/%d1%81',
      'https://s.ru/~user/%D1%81',
    ],
    [
      'keeps an escaped slash and percent sign apart from plain ones',
      'https://s.ru/a%2fb%25c',
      'https://s.ru/a%2Fb%25c',
    ],
    ['writes international hosts as the DNS does', 'https://Подарки.рф', 'https://xn--80ahnhrfk.xn--p1ai/'],
    ['drops the dot of the root zone', 'https://s.ru./p', 'https://s.ru/p'],
    ['drops session ids', 'https://s.ru/p;jsessionid=A1?PHPSESSID=2', 'https://s.ru/p'],
    ['drops an empty query', 'https://s.ru/p?', 'https://s.ru/p'],
    ['drops line ends and outer spaces as browsers do', ' https://s.ru/a\n/b ', 'https://s.ru/a/b'],
  ])('%s', (_, link, expected) => {
    expect(canonicalUrl(link)).toBe(expected);
  });

  it('resolves relative links', () => {
    expect(canonicalUrl('../p/1?b=1#x', { base: 'https://s.ru/c/list' })).toBe('https://s.ru/p/1?b=1');
    expect(canonicalUrl('?page=2', { base: 'https://s.ru/c/list?page=1' })).toBe('https://s.ru/c/list?page=2');
    expect(canonicalUrl('..\\p\\1?b=\\', { base: 'https://s.ru/c/list' })).toBe('https://s.ru/p/1?b=%5C');
    expect(canonicalUrl('//cdn.ru/p', { base: 'https://s.ru/' })).toBe('https://cdn.ru/p');
  });

  it('writes the query of a link in the encoding of its page, as browsers do', () => {
    expect(canonicalUrl('https://s.ru/с?q=чай', { encoding: 'windows-1251' })).toBe('https://s.ru/%D1%81?q=%F7%E0%E9');
    expect(canonicalUrl('https://s.ru/?q=茶', { encoding: 'windows-1251' })).toBe('https://s.ru/?q=%E8%8C%B6');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.ru',
    'tel:+7',
    'file:///etc/passwd',
    'http://',
    '/p',
  ])('follows no %s', (link) => {
    expect(canonicalUrl(link)).toBeNull();
  });

  it('leaves canonical URLs as they are', () => {
    const piece = fc.string({ unit: fc.constantFrom(...Array.from('aZ0/.%2fé я?&=;+:@!$\'()*,[]|~"<>#\\')) });
    fc.assert(
      fc.property(piece, (tail) => {
        const once = canonicalUrl(`https://s.ru/${tail}`);
        if (once !== null) expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});

describe('canonicalizeUrl', () => {
  it('by default changes the spelling alone and drops no parameter but the fragment', () => {
    expect(canonicalizeUrl('http://A.ru:80/x/../y?utm_source=a&c&b=2#f')).toBe(
      'http://a.ru:80/x/../y?b=2&c=&utm_source=a',
    );
  });

  it('honours a policy', () => {
    const policy = { ...SPELLING_POLICY, keepFragment: true, keepBlankValues: false, separator: ';' };
    expect(canonicalizeUrl('http://a.ru/?b=1;c;a=2#f', policy)).toBe('http://a.ru/?a=2;b=1#f');
  });
});
