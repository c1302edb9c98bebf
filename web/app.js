import { announce, h } from './lib/dom.js';
import { keepToken } from './lib/api.js';
import { language, languages, switchLanguage, t } from './lib/language.js';
import { productPage } from './pages/product.js';
import { productsPage } from './pages/products.js';
import { sourcesPage } from './pages/sources.js';
import { problemNote } from './parts/note.js';

/** Each page is `render(parameters, signal) → Node`; the signal aborts when the reader leaves it. */
const PAGES = [
  { pattern: /^\/products\/([\w-]+)$/, nav: 'products', title: 'nav.products', render: productPage },
  { pattern: /^\/products$/, nav: 'products', title: 'nav.products', render: productsPage },
  { pattern: /^\/sources$/, nav: 'sources', title: 'nav.sources', render: sourcesPage },
];

const main = document.getElementById('main');
let leaving = new AbortController();

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const [path, query] = (location.hash.slice(1) || '/products').split('?', 2);
  const page = PAGES.find(({ pattern }) => pattern.test(path)) ?? PAGES[1];
  drawNavigation(page.nav);
  document.title = `${t(page.title)} · gifty`;
  main.replaceChildren(h('p', { class: 'loading' }, t('loading')));
  try {
    const content = await page.render({ id: page.pattern.exec(path)?.[1], query: new URLSearchParams(query) }, signal);
    if (signal.aborted) return;
    main.replaceChildren(...[content].flat());
    announce(document.title);
  } catch (err) {
    if (!signal.aborted) main.replaceChildren(err.status === 401 ? tokenForm() : problemNote(err, show));
  }
}

function drawNavigation(current) {
  const links = ['products', 'sources'].map((name) =>
    h('a', { href: `#/${name}`, 'aria-current': name === current ? 'page' : false }, t(`nav.${name}`)),
  );
  const nav = document.getElementById('nav');
  nav.setAttribute('aria-label', t('nav.label'));
  nav.replaceChildren(...links);
}

function drawLanguages() {
  const group = document.getElementById('language');
  group.setAttribute('aria-label', t('language.label'));
  const button = (code) =>
    h(
      'button',
      { type: 'button', lang: code, 'aria-pressed': String(code === language), onclick: () => switchLanguage(code) },
      code.toUpperCase(),
    );
  group.replaceChildren(...languages.map(button));
}

function tokenForm() {
  const input = h('input', { id: 'token', type: 'password', autocomplete: 'current-password', required: true });
  const submit = (event) => {
    event.preventDefault();
    keepToken(input.value);
    void show();
  };
  return h(
    'form',
    { class: 'card narrow', onsubmit: submit },
    h('h1', {}, t('token.title')),
    h('label', { for: 'token' }, t('token.label')),
    input,
    h('button', { class: 'primary' }, t('token.enter')),
  );
}

document.getElementById('skip').textContent = t('nav.skip');
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault(); // the hash belongs to the pages
  main.focus();
});
drawLanguages();
window.addEventListener('hashchange', () => {
  window.scrollTo(0, 0);
  void show();
});
void show();
