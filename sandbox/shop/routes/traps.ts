import { HTML_UTF8, textAnswer, type Answer } from '../answer.ts';
import { renderCards } from '../pages/cards.ts';
import { renderLayout } from '../pages/layout.ts';
import type { ShopState } from '../state.ts';

/** `/trap?page=N`: a list that always has a next page and never a new article. */
export function endlessList(url: URL, state: ShopState): Answer {
  const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1);
  const next = `/trap?page=${page + 1}`;
  return trapPage({
    title: `More gifts, page ${page}`,
    head: `<link rel="next" href="${url.origin}${next}">`,
    body: `${renderCards(state.listed().slice(0, 3), 'trap')}<nav class="pager"><a rel="next" href="${next}">Next</a></nav>`,
  });
}

/** `/calendar/<year>/<month>/`: every month links to the next one, for ever; undefined for what is no month. */
export function calendar(url: URL): Answer | undefined {
  const match = /^\/calendar\/(\d{1,6})\/(\d{1,2})\/$/.exec(url.pathname);
  if (match === null) return undefined;
  const month = Number(match[1]) * 12 + Number(match[2]) - 1;
  const link = (at: number): string => `/calendar/${Math.floor(at / 12)}/${(at % 12) + 1}/`;
  return trapPage({
    title: `Gift calendar ${match[1] ?? ''}/${match[2] ?? ''}`,
    head: '',
    body: `<p><a href="${link(month - 1)}">Earlier</a> <a href="${link(month + 1)}">Later</a></p>`,
  });
}

function trapPage({ title, head, body }: { title: string; head: string; body: string }): Answer {
  const crumbs = [{ name: 'Home', path: '/' }, { name: title }];
  return textAnswer(
    renderLayout({ language: 'en', title, canonical: null, crumbs, head, body: `<h1>${title}</h1>${body}` }),
    HTML_UTF8,
  );
}
