/** Tags of `parse_mode: HTML`; https://core.telegram.org/bots/api#html-style. */
const TAGS = new Set(
  'b strong i em u ins s strike del tg-spoiler span a tg-emoji tg-time code pre blockquote'.split(' '),
);
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** What is left of a message after its tags, or why Telegram would not take it. */
export type ParsedHtml = { readonly text: string } | { readonly error: string };

const bytesBefore = (html: string, place: number): number => Buffer.byteLength(html.slice(0, place));

/** Reads tags and character references as the Bot API does, with its words for what is wrong. */
export function parseHtml(html: string, tags: ReadonlySet<string> = TAGS): ParsedHtml {
  const open: { readonly tag: string }[] = [];
  let text = '';
  let place = 0;
  while (place < html.length) {
    const char = html[place] ?? '';
    if (char === '&') {
      const [decoded, length] = reference(html.slice(place, place + 12));
      text += decoded;
      place += length;
    } else if (char !== '<') {
      text += char;
      place += 1;
    } else {
      const end = html.indexOf('>', place);
      const at = bytesBefore(html, place);
      if (end === -1) return { error: `Unclosed start tag at byte offset ${at}` };
      const error = takeTag(html.slice(place + 1, end), at, { open, tags });
      if (error !== null) return { error };
      place = end + 1;
    }
  }
  const unclosed = open.pop();
  return unclosed === undefined
    ? { text }
    : { error: `Can't find end tag corresponding to start tag "${unclosed.tag}"` };
}

/** A reference at the beginning of the text, decoded, and its length; anything else stands for itself. */
function reference(text: string): readonly [string, number] {
  const match = /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));?/i.exec(text);
  const [whole = '&', decimal, hex, name] = match ?? [];
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  if (code > 0 && code <= 0x10ffff) return [String.fromCodePoint(code), whole.length];
  const named = NAMED.get(name ?? '');
  return named === undefined ? ['&', 1] : [named, whole.length];
}

interface Reading {
  readonly open: { readonly tag: string }[];
  readonly tags: ReadonlySet<string>;
}

/** Opens or closes; returns what is wrong, or null. */
function takeTag(inside: string, at: number, { open, tags }: Reading): string | null {
  if (!inside.startsWith('/')) return openTag(inside, at, { open, tags });
  const found = inside.slice(1).trim().toLowerCase();
  const expected = open.pop();
  if (expected === undefined) return `Unexpected end tag at byte offset ${at}`;
  return found === '' || found === expected.tag
    ? null
    : `Unmatched end tag at byte offset ${at}, expected "</${expected.tag}>", found "</${found}>"`;
}

function openTag(inside: string, at: number, { open, tags }: Reading): string | null {
  const tag = /^[^\s>/]*/.exec(inside)?.[0].toLowerCase() ?? '';
  if (!tags.has(tag)) return `Unsupported start tag "${tag}" at byte offset ${at}`;
  if (tag === 'span' && !/\sclass\s*=\s*["']?tg-spoiler["']?/i.test(inside))
    return `Tag "span" must have class "tg-spoiler" at byte offset ${at}`;
  const attributes = inside.slice(tag.length).replaceAll(/\s+[a-z-]+(\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/gi, '');
  if (attributes.trim() !== '') return `Unexpected end of tag "${tag}" at byte offset ${at}`;
  open.push({ tag });
  return null;
}
