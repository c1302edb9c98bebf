import { announce, h } from './lib/dom.js';
import { keepToken } from './lib/api.js';
import { language, languages, switchLanguage, t } from './lib/language.js';
import { assureSignedIn, forget, knownName, signOut } from './lib/me.js';
import { accountsPage } from './pages/accounts.js';
import { channelsPage } from './pages/channels.js';
import { dropPage } from './pages/drop.js';
import { dropsPage } from './pages/drops.js';
import { giftsPage } from './pages/gifts.js';
import { productPage } from './pages/product.js';
import { productsPage } from './pages/products.js';
import { settingsPage } from './pages/settings.js';
import { signInForm } from './pages/sign-in.js';
import { sourcesPage } from './pages/sources.js';
import { problemNote } from './parts/note.js';

/** Each page is `render(parameters, signal) → Node`; the signal aborts when the reader leaves it. `own` = of who is signed in. */
const PAGES = [
  { pattern: /^\/products\/([\w-]+)$/, nav: 'products', title: 'nav.products', render: productPage },
  { pattern: /^\/products$/, nav: 'products', title: 'nav.products', render: productsPage },
  { pattern: /^\/sources$/, nav: 'sources', title: 'nav.sources', render: sourcesPage },
  { pattern: /^\/gifts$/, nav: 'gifts', title: 'nav.gifts', render: giftsPage, own: true },
  { pattern: /^\/drops\/([\w-]+)$/, nav: 'drops', title: 'nav.drops', render: dropPage, own: true },
  { pattern: /^\/drops$/, nav: 'drops', title: 'nav.drops', render: dropsPage, own: true },
  { pattern: /^\/accounts$/, nav: 'accounts', title: 'nav.accounts', render: accountsPage, own: true },
  { pattern: /^\/channels$/, nav: 'channels', title: 'nav.channels', render: channelsPage, own: true },
  { pattern: /^\/settings$/, nav: 'settings', title: 'nav.settings', render: settingsPage, own: true },
];
const NAVIGATION = ['products', 'sources', 'gifts', 'drops', 'accounts', 'channels', 'settings'];

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
    if (page.own) await assureSignedIn(signal);
    drawWho();
    const content = await page.render({ id: page.pattern.exec(path)?.[1], query: new URLSearchParams(query) }, signal);
    if (signal.aborted) return;
    main.replaceChildren(...[content].flat());
    announce(document.title);
  } catch (err) {
    if (signal.aborted) return;
    if (err.status !== 401) main.replaceChildren(problemNote(err, show));
    else if (page.own) askWho();
    else main.replaceChildren(tokenForm());
  }
}

function askWho() {
  forget();
  drawWho();
  document.title = `${t('sign.login')} · gifty`;
  main.replaceChildren(signInForm(show));
}

/** Who is signed in, with the way out. */
function drawWho() {
  const name = knownName();
  const leave = async () => {
    await signOut();
    location.hash = '/gifts';
    askWho();
    announce(t('sign.left'));
  };
  const out = h('button', { type: 'button', onclick: () => void leave() }, t('sign.out'));
  document.getElementById('who').replaceChildren(...(name === null ? [] : [h('span', { class: 'quiet' }, name), out]));
}

function drawNavigation(current) {
  const links = NAVIGATION.map((name) =>
    h('a', { href: `#/${name}`, 'aria-current': name === current ? 'page' : false }, t(`nav.${name}`)),
  );
  const nav = document.getElementById('nav');
  nav.setAttribute('aria-label', t('nav.label'));
  nav.replaceChildren(...links);
  nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
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
