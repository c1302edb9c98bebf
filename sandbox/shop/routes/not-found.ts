import { HTML_UTF8, textAnswer, type Answer } from '../answer.ts';
import { words } from '../pages/html.ts';
import { renderLayout } from '../pages/layout.ts';

function page(language: 'ru' | 'en'): string {
  const text = words(language);
  const hint = language === 'ru' ? 'Возможно, он закончился навсегда.' : 'It may be gone for good.';
  return renderLayout({
    language,
    title: `${text.notFound} – ${text.shop}`,
    canonical: null,
    crumbs: [{ name: text.home, path: '/' }, { name: text.notFound }],
    body: `<h1>${text.notFound}</h1><p class="hint">${hint} <a href="/catalog/">${text.everything}</a></p>`,
  });
}

/** "Not found" with its proper status. */
export function notFound(status: 404 | 410, language: 'ru' | 'en'): Answer {
  return textAnswer(page(language), HTML_UTF8, { status });
}

/** "Not found" that pretends to be fine. */
export function softNotFound(language: 'ru' | 'en'): Answer {
  return textAnswer(page(language), HTML_UTF8);
}
