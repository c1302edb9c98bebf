import { expect, test } from 'vitest';
import { parseHtml } from './html-entities.ts';

test.each([
  ['a <b>bold</b> &amp; &lt;x&gt; &#9733; & co', 'a bold & <x> ★ & co'],
  ['<a href="https://t.me/x?a=1&amp;b=2">link</a>', 'link'],
  ['<blockquote expandable>q</blockquote><span class="tg-spoiler">s</span>', 'qs'],
])('%s is read', (html, text) => {
  expect(parseHtml(html)).toEqual({ text });
});

test.each([
  ['5 < 6', 'Unclosed start tag at byte offset 2'],
  ['<div>x</div>', 'Unsupported start tag "div" at byte offset 0'],
  ['я<br>', 'Unsupported start tag "br" at byte offset 2'],
  ['<b>x', `Can't find end tag corresponding to start tag "b"`],
  ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])('%s is refused', (html, error) => {
  expect(parseHtml(html)).toEqual({ error });
});
