import { describe, expect, it } from 'vitest';
import { DEFAULT_TRAP_LIMITS, isTrapUrl } from './crawl-trap.ts';
import { matchesAnyUrlGlob, matchesGlob } from './url-glob.ts';

describe('isTrapUrl', () => {
  it.each([
    ['url-too-long', `https://s.ru/${'a'.repeat(2048)}`],
    ['path-too-deep', 'https://s.ru/a/b/c/d/e/f/g/h/i/j/k/l/m'],
    ['repeated-segments', 'https://s.ru/shop/gifts/shop/gifts/shop'],
    ['too-many-parameters', 'https://s.ru/?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1'],
    ['too-many-facets', 'https://s.ru/c?filter_color=red&pa_size=m'],
    ['too-many-facets', 'https://s.ru/c?f[0]=a&sort=price'],
    ['page-number-too-high', 'https://s.ru/c?page=1001'],
    ['page-number-too-high', 'https://s.ru/c?PAGEN_1=99999'],
    ['page-number-too-high', 'https://s.ru/c/page/1001'],
    ['page-number-too-high', 'https://s.ru/c?offset=100100'],
    ['calendar', 'https://s.ru/events?year=2031&month=4'],
    ['calendar', 'https://s.ru/calendar/2031-04'],
  ])('sees %s in %s', (reason, url) => {
    expect(isTrapUrl(url)).toBe(reason);
  });

  it.each([
    'https://s.ru/',
    'https://s.ru/c?page=1000',
    'https://s.ru/p/123456',
    'https://s.ru/c?filter_color=red&page=3',
    'https://s.ru/podarki/dlya-mamy/chay/chay-zelenyy-2026',
    'https://s.ru/product?id=100500&year=2026',
  ])('lets %s pass', (url) => {
    expect(isTrapUrl(url)).toBeNull();
  });

  it('obeys other limits', () => {
    expect(isTrapUrl('https://s.ru/c?page=3', { ...DEFAULT_TRAP_LIMITS, maxPageNumber: 2 })).toBe(
      'page-number-too-high',
    );
  });
});

describe('globs', () => {
  it.each([
    ['/p/*', '/p/1', true],
    ['/p/*', '/c/1', false],
    ['*/product-*.html*', '/a/product-7.html?x=1', true],
    ['/p', '/p/1', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['*a*b*', 'ba', false],
    ['/c?page=*', '/c?page=2', true],
    ['/c.x', '/cyx', false],
  ])('%s on %s gives %s', (glob, text, expected) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });

  it('matches path and query, or the whole URL', () => {
    expect(matchesAnyUrlGlob(['/p/*'], 'https://s.ru/p/1?a=2')).toBe(true);
    expect(matchesAnyUrlGlob(['https://s.ru/*'], 'https://s.ru/p/1')).toBe(true);
    expect(matchesAnyUrlGlob(['https://t.ru/*'], 'https://s.ru/p/1')).toBe(false);
    expect(matchesAnyUrlGlob(['/c/*', 'https://s.ru/p/*'], 'https://s.ru/p/1')).toBe(true);
    expect(matchesAnyUrlGlob([], 'https://s.ru/p/1')).toBe(false);
    expect(matchesAnyUrlGlob(['*'], 'not a url')).toBe(false);
  });

  it('stays fast on hostile patterns', () => {
    expect(matchesGlob(`${'*a'.repeat(1000)}*b`, 'a'.repeat(2000))).toBe(false);
  });
});
