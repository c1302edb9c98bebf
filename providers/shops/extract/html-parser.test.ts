import { isTag, isText } from 'domhandler';
import type { AnyNode } from 'domhandler';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeAttribute, decodeText } from './html-entities.ts';
import { parseHtml } from './html-parser.ts';

/** The tree in one line: elements as `name(...)`, texts in quotes, blank ones left out. */
function outline(nodes: readonly AnyNode[]): string {
  return nodes
    .flatMap((node) => {
      if (isText(node)) return node.data.trim() === '' ? [] : [`"${node.data}"`];
      return isTag(node) ? [`${node.name}(${outline(node.children)})`] : [];
    })
    .join(' ');
}

const treeOf = (html: string) => outline(parseHtml(html).document.children);

describe('parseHtml', () => {
  test.each([
    ['nested elements', '<DIV><b>a</b> c</DIV>', 'div(b("a") " c")'],
    ['void elements', 'a<br>b<img src=x>c', '"a" br() "b" img() "c"'],
    ['end tags left out', '<ul><li>a<li>b</ul><p>c<div>d</div>', 'ul(li("a") li("b")) p("c") div("d")'],
    ['rows and cells', '<table><tr><td>1<td>2<tr><th>3</table>', 'table(tr(td("1") td("2")) tr(th("3")))'],
    ['stray end tags', '</b><p>a</i></p>', 'p("a")'],
    ['elements left open', '<div><span>a</div>b', 'div(span("a")) "b"'],
    ['comments', 'a<!-- <b>x</b> -->b<!---->c<!-- open', '"abc"'],
    ['doctypes and instructions', '<!doctype html><?php x ?>a', '"a"'],
    ['a lone less-than sign', '1 < 2 <3', '"1 < 2 <3"'],
    ['scripts as text', '<script>if (a<b) "</p>"</SCRIPT ><i>x</i>', 'script("if (a<b) "</p>"") i("x")'],
    [
      'references in titles, not in scripts',
      '<title>a&amp;b</title><style>&amp;</style>',
      'title("a&b") style("&amp;")',
    ],
    ['a script that never ends', '<script>a<b>', 'script("a<b>")'],
    ['self-closing tags of SVG alone', '<svg><path/><path/></svg><div/>x', 'svg(path() path()) div("x")'],
    ['a form within a form', '<form><form><i></i></form></form>', 'form(i())'],
    ['a tag that never ends', 'a<div class="x', '"a"'],
  ])('reads %s', (_, html, expected) => {
    expect(treeOf(html)).toBe(expected);
  });

  test('reads attributes in every spelling', () => {
    const [element] = parseHtml(`<a HREF='/x?a=1&copy=2' b=c d e="&quot;&#8364;" b="later" /f>`).elements;
    expect(element?.attribs).toEqual({ href: '/x?a=1&copy=2', b: 'c', d: '', e: '"€', f: '' });
  });

  test('lists elements and texts in document order', () => {
    const page = parseHtml('<div>a <b> </b><i data-x="1" itemprop="name">c</i></div><!-- --><script>z</script>');
    expect(page.elements.map(({ name, startIndex }) => `${startIndex ?? ''}${name}`)).toEqual([
      '0div',
      '1b',
      '2i',
      '3script',
    ]);
    expect(page.texts.map(({ data }) => data)).toEqual(['a ', 'c']);
    expect([page.dataBearers.length, page.properties.length, page.byName.get('i')?.length]).toEqual([1, 1, 1]);
  });

  test('never throws, and keeps parents and children in step', () => {
    const piece = fc.constantFrom(
      '<div>',
      '</div>',
      '<p',
      '>',
      '<li>',
      '"',
      "'",
      '=',
      '</',
      '<!--',
      '-->',
      'a',
      ' ',
      '&',
      '<script>',
      '<svg>',
      '/>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const element of parseHtml(pieces.join('')).elements) {
          expect(element.parent?.children).toContain(element);
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('character references', () => {
  expect(decodeText('a&nbsp;b &lt;c&gt; &#x20AC; &#150; &euro; &hellip; &nosuch; R&D &ampx &#0;')).toBe(
    'a\u00a0b <c> € – € … &nosuch; R&D &ampx \ufffd',
  );
  expect(decodeText('1&nbsp2')).toBe('1&nbsp2');
  expect(decodeText('5&nbsp €')).toBe('5\u00a0 €');
  expect(decodeAttribute('?a&lt=1&amp;b&copy=2')).toBe('?a&lt=1&b&copy=2');
});
