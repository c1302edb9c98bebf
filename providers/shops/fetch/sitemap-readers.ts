import { Parser } from 'htmlparser2';

export interface SitemapEntry {
  /** `sitemap` = another sitemap, from an index. */
  readonly kind: 'page' | 'sitemap';
  /** As written, trimmed; the reader resolves and judges it. */
  readonly loc: string;
  /** W3C date as written, null when unsaid; shops often lie here. */
  readonly lastmod: string | null;
}

/** Longest text of one element; a real URL has at most 2,048 characters. */
const MAX_TEXT = 8192;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

/** A pushed-to reader that hands each entry to its callback. */
export interface SitemapReader {
  write(data: string): void;
  end(): void;
}

type Found = (entry: SitemapEntry) => void;

/** An entry opens at the second level, its `loc` and `lastmod` close at the third: what lies elsewhere is another vocabulary's. */
const ENTRY_DEPTH = 1;

/** Reads XML as it comes. The parser knows the five XML entities and nothing of DTDs. */
export function xmlReader(found: Found): SitemapReader {
  const path: string[] = [];
  const fields = new Map<string, string>();
  let text = '';
  const close = (name: string) => {
    const loc = fields.get('loc') ?? '';
    if (loc === '' || (name !== 'url' && name !== 'sitemap')) return;
    found({ kind: name === 'url' ? 'page' : 'sitemap', loc, lastmod: fields.get('lastmod') ?? null });
  };
  return new Parser(
    {
      onopentagname(name) {
        path.push(localName(name));
        if (path.length === ENTRY_DEPTH + 1) fields.clear();
        text = '';
      },
      ontext(data) {
        if (text.length < MAX_TEXT) text += data;
      },
      onclosetag(_, implied) {
        const name = path.pop() ?? '';
        // A file that was cut off ends in the middle of an entry.
        if (implied) return;
        if (path.length === ENTRY_DEPTH) close(name);
        else if (path.length === ENTRY_DEPTH + 1 && text.trim() !== '') fields.set(name, text.trim());
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
}

/** Reads a plain list of URLs, one a line. */
export function listReader(found: Found): SitemapReader {
  let rest = '';
  const take = (line: string) => {
    if (/^\s*https?:\/\//i.test(line)) found({ kind: 'page', loc: line.trim(), lastmod: null });
  };
  return {
    write(data: string) {
      const lines = (rest + data).split(/\r\n|\r|\n/);
      rest = (lines.pop() ?? '').slice(0, MAX_TEXT);
      lines.forEach(take);
    },
    end() {
      take(rest);
    },
  };
}
