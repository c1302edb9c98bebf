import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FetchFailedError } from './errors.ts';
import type { Fetcher } from './fetch-options.ts';
import { readSitemap, walkSitemap } from './sitemap.ts';
import type { SitemapEntry } from './sitemap-readers.ts';

async function collect(source: AsyncIterable<SitemapEntry>): Promise<readonly SitemapEntry[]> {
  const entries: SitemapEntry[] = [];
  for await (const entry of source) entries.push(entry);
  return entries;
}
const read = (body: string | Buffer, limits?: { maxBytes: number; maxEntries: number }) =>
  collect(readSitemap(Buffer.from(body), limits));
const urlset = (inner: string) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${inner}</urlset>`;
const url = (loc: string) => `<url><loc>${loc}</loc></url>`;
const index = (...locs: readonly string[]) =>
  `<sitemapindex>${locs.map((loc) => `<sitemap><loc>${loc}</loc></sitemap>`).join('')}</sitemapindex>`;

describe('readSitemap', () => {
  it('yields pages with their dates', async () => {
    const body = urlset(
      '<url><loc> https://s.ru/a?b=1&amp;c=2 </loc><lastmod>2026-11-02</lastmod></url><url><loc><![CDATA[https://s.ru/d]]></loc><lastmod/></url>',
    );
    expect(await read(body)).toEqual([
      { kind: 'page', loc: 'https://s.ru/a?b=1&c=2', lastmod: '2026-11-02' },
      { kind: 'page', loc: 'https://s.ru/d', lastmod: null },
    ]);
  });

  it('tells the sitemaps of an index from pages', async () => {
    expect(await read(index('https://s.ru/1.xml'))).toEqual([
      { kind: 'sitemap', loc: 'https://s.ru/1.xml', lastmod: null },
    ]);
  });

  it('takes prefixed names and leaves pictures aside', async () => {
    const body =
      '<sm:urlset xmlns:sm="x"><sm:url><image:image><image:loc>https://s.ru/i.jpg</image:loc></image:image><sm:loc>https://s.ru/a</sm:loc></sm:url></sm:urlset>';
    expect((await read(body)).map(({ loc }) => loc)).toEqual(['https://s.ru/a']);
  });

  it('reads gzip by its first bytes, across pieces', async () => {
    const locs = Array.from({ length: 5000 }, (_, id) => `https://s.ru/подарок-${id}`);
    const got = await read(gzipSync(urlset(locs.map(url).join('\n'))));
    expect(got.map(({ loc }) => loc)).toEqual(locs);
  });

  it('reads a list of lines', async () => {
    expect((await read('https://s.ru/a\r\nnonsense\nhttps://s.ru/b')).map(({ loc }) => loc)).toEqual([
      'https://s.ru/a',
      'https://s.ru/b',
    ]);
  });

  it('knows no entities but those of XML', async () => {
    const body = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>${urlset(url('https://s.ru/&a;&f;'))}`;
    expect((await read(body)).map(({ loc }) => loc)).toEqual(['https://s.ru/&a;&f;']);
  });

  it('stops at the caps', async () => {
    const body = urlset(Array.from({ length: 30 }, (_, id) => url(`https://s.ru/${id}`)).join(''));
    expect(await read(body, { maxBytes: 1e6, maxEntries: 7 })).toHaveLength(7);
    await expect(read(gzipSync(Buffer.alloc(300_000, 32)), { maxBytes: 200_000, maxEntries: 7 })).rejects.toMatchObject(
      {
        code: 'body-inflates-too-much',
      },
    );
  });

  it('takes broken XML for what it is worth and broken gzip for a failure', async () => {
    expect(await read('<urlset><url><loc>https://s.ru/a</loc></url><url><loc>https://s')).toHaveLength(1);
    expect(await read('')).toEqual([]);
    await expect(read(gzipSync(urlset('')).subarray(0, 30))).rejects.toMatchObject({ code: 'body-broken' });
  });
});

describe('walkSitemap', () => {
  const files: Readonly<Record<string, string>> = {
    '/index.xml': index('/a.xml', '/missing.xml', '/broken.xml', '/one.xml', '/index.xml'),
    '/a.xml': urlset(url('/p/1')),
    '/one.xml': index('/two.xml'),
    '/two.xml': urlset(`<sitemap><loc>/three.xml</loc></sitemap>${url('/p/2')}`),
    '/three.xml': urlset(url('/p/3')),
  };
  const fetcher: Fetcher = {
    async fetchPage(path) {
      if (path === '/broken.xml') throw new FetchFailedError('connection-lost', 'gone');
      const file = files[path];
      const body = Buffer.from(file ?? '');
      return {
        url: path,
        status: file === undefined ? 404 : 200,
        headers: { etag: null, lastModified: null, contentType: 'text/xml', retryAfterMs: null },
        body,
        wireBytes: body.length,
        text: () => body.toString(),
      };
    },
    close: () => Promise.resolve(),
  };

  it('follows indexes two levels down, each file once, past broken ones', async () => {
    const problems: string[] = [];
    const onProblem = (path: string, problem: string) => problems.push(`${path} ${problem}`);
    const entries = await collect(walkSitemap('/index.xml', { fetcher, onProblem }));
    expect(entries.map(({ loc }) => loc)).toEqual(['/p/1', '/p/2']);
    expect(problems).toEqual(['/missing.xml status 404', '/broken.xml connection-lost']);
  });
});
