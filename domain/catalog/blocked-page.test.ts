import { describe, expect, it } from 'vitest';
import { detectBlock } from './blocked-page.ts';

const CLOUDFLARE =
  '<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>';
const PRODUCT = `<h1>Плед</h1><p>${'тёплый плед '.repeat(200)}</p>`;

describe('detectBlock', () => {
  it.each([
    [429, 'slow down', { kind: 'rate-limited', vendor: null }],
    [403, CLOUDFLARE, { kind: 'refused', vendor: 'cloudflare' }],
    [503, CLOUDFLARE, { kind: 'challenge', vendor: 'cloudflare' }],
    [403, '<h1>Please solve the CAPTCHA</h1>', { kind: 'challenge', vendor: null }],
    [403, 'Forbidden', { kind: 'refused', vendor: null }],
    [200, CLOUDFLARE, { kind: 'challenge', vendor: 'cloudflare' }],
    [200, '<script src="https://geo.captcha-delivery.com/c.js"></script>', { kind: 'challenge', vendor: 'datadome' }],
    [403, '<form action="/showcaptcha?cc=1">', { kind: 'challenge', vendor: 'yandex' }],
  ])('status %i with %s', (status, text, expected) => {
    expect(detectBlock({ status, text })).toEqual(expected);
  });

  it.each([
    [200, PRODUCT],
    [200, `<script>var aws="aws-waf-token"</script>${PRODUCT}`],
    [200, '<p>Решите капчу, чтобы оставить отзыв</p>'],
    [404, 'not found'],
    [500, CLOUDFLARE],
    [503, 'maintenance'],
    [401, 'login'],
  ])('lets status %i pass that is no block', (status, text) => {
    expect(detectBlock({ status, text })).toBeNull();
  });

  it('is fast on hostile text', { timeout: 2000 }, () => {
    for (const piece of ['<', '<script>', '<!--', ' ', '<style']) {
      const text = `<title>DDoS-Guard</title>${piece.repeat(200_000 / piece.length)}`;
      expect(detectBlock({ status: 200, text })?.vendor ?? 'ddos-guard').toBe('ddos-guard');
    }
  });
});
