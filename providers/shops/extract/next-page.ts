import { absoluteUrl, attributeOf, named, textOf } from './dom.ts';
import type { PageDom } from './page-dom.ts';
import { hasRel, siteOf } from './page-links.ts';
import type { Addresses, PageLink } from './page-links.ts';

const NEXT_TEXT =
  /^(?:next(?: page)?|вперёд|вперед|дальше|далее|следующая(?: страница)?|след\.?|ещё|nächste(?: seite)?|weiter|suivant[e]?|page suivante|siguiente|próxima?|successiva?|avanti|następna|další|volgende|nästa|næste|neste|seuraava|[›»→>]{1,2}) ?[›»→>]?$/iu;
const NEXT_NAME = /(?:^|[\s_-])next(?:$|[\s_-])|pagination[-_]?next|pager[-_]?next/i;
const PAGE_PARAMETERS = ['page', 'p', 'PAGEN_1', 'pg', 'paged', 'pageNumber', 'pagenumber'];

/** The address of the catalogue's next page: rel=next, a link that says so, else the link to the page number after this one. */
export function nextPage(page: PageDom, links: readonly PageLink[], { url, base }: Addresses): string | null {
  const head = named(page, 'link').find((element) => hasRel(element, 'next'));
  const candidates = [
    head === undefined ? null : absoluteUrl(attributeOf(head, 'href'), base),
    links.find((link) => hasRel(link.element, 'next'))?.url,
    links.find(isNamedNext)?.url,
    links.find((link) => isFollowing(link.url, url))?.url,
  ];
  return (
    candidates.find(
      (candidate) => typeof candidate === 'string' && candidate !== url && siteOf(candidate) === siteOf(url),
    ) ?? null
  );
}

/** "Next" of a pager, not of a carousel. */
function isNamedNext({ element, zone }: PageLink): boolean {
  if (zone.isCard || zone.isOther || zone.isReview) return false;
  const names = `${attributeOf(element, 'class')} ${attributeOf(element, 'id')}`;
  const label = attributeOf(element, 'aria-label') || attributeOf(element, 'title') || textOf(element, 40);
  return NEXT_TEXT.test(label.trim()) || (NEXT_NAME.test(names) && !/slid|carousel|swiper/i.test(names));
}

/** Whether an address is this page's with the page number one higher, in the query or as `/page/N`. */
function isFollowing(candidate: string, current: string): boolean {
  const [next, here] = [URL.parse(candidate), URL.parse(current)];
  if (next === null || here === null) return false;
  const byPath = pathPage(next.pathname);
  if (byPath.page !== null)
    return byPath.stem === pathPage(here.pathname).stem && byPath.page === (pathPage(here.pathname).page ?? 1) + 1;
  if (next.pathname !== here.pathname) return false;
  return PAGE_PARAMETERS.some((name) => {
    const number = Number(next.searchParams.get(name) ?? Number.NaN);
    return number === Number(here.searchParams.get(name) ?? '1') + 1 && sameOthers(next, here, name);
  });
}

function pathPage(path: string): { readonly stem: string; readonly page: number | null } {
  const match = /^(.*?)\/(?:page|p|seite|stranica)[-/]?(\d{1,5})\/?$/i.exec(path);
  return match === null
    ? { stem: path.replace(/\/$/, ''), page: null }
    : { stem: match[1] ?? '', page: Number(match[2]) };
}

function sameOthers(next: URL, here: URL, name: string): boolean {
  const others = (url: URL) =>
    [...url.searchParams]
      .filter(([key]) => key !== name)
      .map(String)
      .toSorted()
      .join('&');
  return others(next) === others(here);
}
