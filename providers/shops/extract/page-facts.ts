import { absoluteUrl, attributeOf, named, parentOf, textOf } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import { found } from './product-draft.ts';
import type { PageContext, ProductDraft } from './product-draft.ts';

/** How much of the page is scanned for its head without a DOM, characters. */
const HEAD_CHARS = 100_000;

/** Canonical address and language read from the DOM. */
export function readPageFacts(page: PageDom, context: PageContext): ProductDraft {
  const canonical = named(page, 'link').find((element) => /\bcanonical\b/i.test(attributeOf(element, 'rel')));
  const [html] = named(page, 'html');
  return facts(canonical?.attribs['href'], html?.attribs['lang'], context);
}

/** The same by a scan, without a DOM. */
export function scanPageFacts(html: string, context: PageContext): ProductDraft {
  const head = html.slice(0, HEAD_CHARS);
  const link = /<link\b[^<>]{0,400}\bcanonical\b[^<>]{0,1000}>/i.exec(head)?.[0];
  const root = /<html\b[^<>]{0,600}>/i.exec(head)?.[0];
  return facts(quoted(link, 'href'), quoted(root, 'lang'), context);
}

function quoted(tag: string | undefined, attribute: string): string | undefined {
  const match = tag?.match(new RegExp(`\\s${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i'));
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.replaceAll('&amp;', '&');
}

function facts(href: string | undefined, lang: string | undefined, context: PageContext): ProductDraft {
  const draft: ProductDraft = {};
  const canonical = href === undefined ? null : absoluteUrl(href, context.url);
  if (canonical !== null) draft.canonicalUrl = found(canonical, 'dom', 0.9);
  const language = (lang ?? context.language ?? '').split(/[-_]/)[0]?.toLowerCase() ?? '';
  if (/^[a-z]{2,3}$/.test(language)) draft.language = found(language, 'dom', 0.9);
  return draft;
}

/** What the page calls itself outside its body: og:title and the document's title. */
export function pageTitles(page: PageDom, meta: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const title = named(page, 'title').find((element) => parentOf(element)?.name !== 'svg');
  return [meta.get('og:title')?.[0] ?? '', title === undefined ? '' : textOf(title, 400)].filter((text) => text !== '');
}
