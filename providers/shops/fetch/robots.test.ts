import { describe, expect, it } from 'vitest';
import { parseRobots, robotsFromAnswer } from './robots.ts';

const allows = (text: string, path: string, agent = 'GiftBot/1.0 (+https://example.com)') =>
  parseRobots(text, agent).allows(`https://shop.test${path}`);
const forAll = (...rules: readonly string[]) => ['User-agent: *', ...rules].join('\n');

describe('rules of a robots.txt', () => {
  it.each([
    ['the longest rule wins', { rules: ['Disallow: /a', 'Allow: /a/b'], path: '/a/b/c', expected: true }],
    ['allow wins a tie', { rules: ['Disallow: /a', 'Allow: /a'], path: '/a', expected: true }],
    ['asterisks match any run', { rules: ['Disallow: /*.pdf'], path: '/x/y.pdf?z', expected: false }],
    ['a dollar sign anchors', { rules: ['Disallow: /*.pdf$'], path: '/x/y.pdf?z', expected: true }],
    ['an empty query is a query', { rules: ['Disallow: /*?'], path: '/x?', expected: false }],
    ['an empty query is the end', { rules: ['Disallow: /*?$'], path: '/x?', expected: false }],
    ['an empty query is no end of a path', { rules: ['Disallow: /*.php$'], path: '/x.php?', expected: true }],
    ['escapes compare by what they mean', { rules: ['Disallow: /%7ejoe/%d1%81'], path: '/~joe/с', expected: false }],
    ['brackets match raw and escaped', { rules: ['Disallow: /*?f['], path: '/c?f%5B0]=a', expected: false }],
    ['an empty rule says nothing', { rules: ['Disallow:'], path: '/x', expected: true }],
    ['misspelt names count', { rules: ['Dissallow: /a'], path: '/a', expected: false }],
    ['a missing colon counts as one', { rules: ['Disallow /a'], path: '/a', expected: false }],
    ['comments do not count', { rules: ['Disallow: /a # /b'], path: '/a', expected: false }],
  ])('%s', (_, { rules, path, expected }) => {
    expect(allows(forAll(...rules), path)).toBe(expected);
  });

  it('are those of our own group, else of a name within ours, else of everyone', () => {
    const text = [
      'User-agent: *',
      'Disallow: /',
      'User-agent: bot',
      'Disallow: /b',
      'User-agent: giftbot/2',
      'Disallow: /g',
    ];
    expect(allows(text.join('\n'), '/b')).toBe(true);
    expect(allows(text.join('\n'), '/g')).toBe(false);
    expect(allows(text.join('\n'), '/b', 'OtherBot')).toBe(false);
    expect(allows(text.join('\n'), '/x', 'OtherBot')).toBe(true);
    expect(allows(text.join('\n'), '/x', 'Crawler')).toBe(false);
  });

  it('join the groups of one name', () => {
    const text = 'User-agent: giftbot\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: GiftBot\nDisallow: /b';
    expect([allows(text, '/a'), allows(text, '/b'), allows(text, '/c')]).toEqual([false, false, true]);
  });

  it('carry the delay and the sitemaps', () => {
    const text = forAll(
      'Crawl-delay: 2.5',
      'Sitemap: https://shop.test/a.xml',
      'sitemap:https://shop.test/a.xml',
      'Sitemap:',
    );
    expect(parseRobots(text, 'GiftBot')).toMatchObject({ crawlDelayMs: 2500, sitemaps: ['https://shop.test/a.xml'] });
    expect(parseRobots(forAll('Crawl-delay: soon'), 'GiftBot').crawlDelayMs).toBeNull();
  });

  it('survive an HTML page in their place', () => {
    expect(allows('<!doctype html><title>Not found: /</title>', '/x')).toBe(true);
  });
});

describe('an answer for robots.txt (RFC 9309)', () => {
  it.each([
    [200, 'present', false],
    [404, 'absent', true],
    [403, 'absent', true],
    [301, 'absent', true],
    [500, 'unreachable', false],
    [503, 'unreachable', false],
  ])('%i means %s', (status, state, allowed) => {
    const rules = robotsFromAnswer(status, forAll('Disallow: /'), 'GiftBot');
    expect(rules.state).toBe(state);
    expect(rules.allows('https://shop.test/x')).toBe(allowed);
  });
});
