import { describe, expect, it } from 'vitest';
import { FetchFailedError, FetchRefusedError } from './errors.ts';
import type { FetchedPage, Fetcher } from './fetch-options.ts';
import { createRobotsCache } from './robots-cache.ts';

const HOUR = 3_600_000;
const page = (status: number, body: string): FetchedPage => ({
  url: 'https://shop.test/robots.txt',
  status,
  headers: { etag: null, lastModified: null, contentType: 'text/plain', retryAfterMs: null },
  body: Buffer.from(body),
  wireBytes: body.length,
  text: () => body,
});

/** A fetcher that answers in turn, the last answer for ever, and a clock set by hand. */
function setUp(...answers: readonly (FetchedPage | Error)[]) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const fetcher: Fetcher = {
    async fetchPage(url) {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(url);
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
      return answer;
    },
    close: () => Promise.resolve(),
  };
  return { asked, clock, cache: createRobotsCache({ fetcher, userAgent: 'GiftBot/1.0', now: () => clock.now }) };
}

describe('robots cache', () => {
  it('asks once per origin and day, also when asked at the same time', async () => {
    const { asked, clock, cache } = setUp(page(200, 'User-agent: *\nDisallow: /cart'));
    const [rules] = await Promise.all(['a', 'b'].map((path) => cache.rulesFor(`https://shop.test/${path}`)));
    expect(rules?.allows('https://shop.test/cart')).toBe(false);
    clock.now = 23 * HOUR;
    await cache.rulesFor('https://shop.test/c');
    expect(asked).toEqual(['https://shop.test/robots.txt']);
    await cache.rulesFor('http://shop.test/c');
    clock.now = 25 * HOUR;
    await cache.rulesFor('https://shop.test/c');
    expect(asked).toHaveLength(3);
  });

  it('forbids all while robots.txt is unreachable, and soon asks again', async () => {
    const { clock, cache } = setUp(new FetchFailedError('headers-timeout', 'slow'), page(404, ''));
    expect((await cache.rulesFor('https://shop.test/')).state).toBe('unreachable');
    clock.now = 5 * 60_000;
    expect((await cache.rulesFor('https://shop.test/')).state).toBe('unreachable');
    clock.now = 11 * 60_000;
    expect((await cache.rulesFor('https://shop.test/')).state).toBe('absent');
  });

  it('takes endless redirects for no robots.txt', async () => {
    const { cache } = setUp(new FetchRefusedError('too-many-redirects', 'loop'));
    expect((await cache.rulesFor('https://shop.test/')).state).toBe('absent');
  });

  it('does not remember an aborted request', async () => {
    const { cache } = setUp(new Error('cancelled'), page(404, ''));
    await expect(cache.rulesFor('https://shop.test/')).rejects.toThrow('cancelled');
    expect((await cache.rulesFor('https://shop.test/')).state).toBe('absent');
  });
});
