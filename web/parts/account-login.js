import { get, send } from '../lib/api.js';
import { announce, h } from '../lib/dom.js';
import { duration, t, word } from '../lib/language.js';
import { attemptForm, checkbox, choice, field, formButtons, showError } from './form.js';
import { problemNote, warning } from './note.js';

const ASK_AGAIN_MS = 1000;

/**
 * Signs a Telegram account in, step by step; the first says what Telegram's terms mean for that.
 * @param account one that is signed in anew; null = a new one
 * @param {{ close: (isSignedIn: boolean) => Promise<void>, signal: AbortSignal }} page
 */
export function termsStep(account, page) {
  const next = h('button', { class: 'primary' }, t('login.continue'));
  const form = h(
    'form',
    { class: 'card form', 'aria-labelledby': 'login-title' },
    title(account),
    warning(t('login.termsTitle'), h('p', {}, t('login.terms')), h('p', {}, t('login.termsAdvice'))),
    checkbox('understood', t('login.understood'), false, { required: true }),
    h(
      'div',
      { class: 'line' },
      next,
      h('button', { type: 'button', onclick: () => void page.close(false) }, t('form.cancel')),
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const { items } = await get('/api-profiles', {}, page.signal);
      move(form, phoneStep(account, items, page));
    } catch (err) {
      form.append(problemNote(err));
    }
  });
  return form;
}

const title = (account) =>
  h('h2', { id: 'login-title' }, account === null ? t('login.title') : t('login.again', { name: account.name }));

function move(from, to) {
  from.replaceWith(to);
  to.querySelector('input:not([type=hidden]), select, button')?.focus();
}

function phoneStep(account, profiles, page) {
  const notes = h('div', {});
  const profile = choice(account?.apiProfileId ?? profiles[0]?.id, [
    ...profiles.map((one) => [one.id, profileText(one)]),
    ['', t('login.newProfile')],
  ]);
  const fresh = newProfile();
  const showFresh = () => {
    fresh.hidden = profile.value !== '';
  };
  profile.addEventListener('change', showFresh);
  showFresh();
  const form = h(
    'form',
    { class: 'card form', novalidate: true, 'aria-labelledby': 'login-title' },
    title(account),
    field('apiProfileId', t('login.profile'), profile, t('login.profileHint')),
    fresh,
    field(
      'phone',
      t('login.phone'),
      h('input', { type: 'tel', autocomplete: 'off', placeholder: '+7 900 000-00-00' }),
      t('login.phoneHint'),
    ),
    h(
      'details',
      {},
      h('summary', {}, t('login.import')),
      field('session', t('login.session'), h('textarea', { rows: 2, spellcheck: 'false' }), t('login.sessionHint')),
    ),
    notes,
    formButtons(t('login.sendCode'), () => page.close(false)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attemptForm(form, notes, async () => {
      const { elements } = form;
      const apiProfileId = profile.value || (await addProfile(elements, profile));
      showFresh();
      const session = elements.session.value.trim();
      const brings = session === '' ? { phone: elements.phone.value } : { session };
      const login = await send('POST', '/telegram-logins', {
        apiProfileId,
        accountId: account?.id ?? null,
        ...brings,
      });
      await showStep(form, { login, account, page });
    });
  });
  return form;
}

const newProfile = () =>
  h(
    'fieldset',
    {},
    h('legend', {}, t('login.newProfile')),
    h('p', { class: 'hint' }, t('login.newProfileHint')),
    h(
      'div',
      { class: 'fields' },
      field('profileName', t('login.profileName'), h('input', { autocomplete: 'off' })),
      field('apiId', 'api_id', h('input', { inputmode: 'numeric', autocomplete: 'off' })),
      field('apiHash', 'api_hash', h('input', { autocomplete: 'off', spellcheck: 'false' })),
    ),
  );

const profileText = ({ name, apiId }) => (name === String(apiId) ? name : `${name} (${apiId})`);

/** Once it is there it is chosen, so that a second attempt does not add it again. */
async function addProfile({ profileName, apiId, apiHash }, select) {
  const name = profileName.value.trim() || apiId.value.trim();
  const body = { name, apiId: Number(apiId.value), apiHash: apiHash.value.trim() };
  const added = await send('POST', '/api-profiles', body);
  select.prepend(h('option', { value: added.id }, profileText(added)));
  select.value = added.id;
  return added.id;
}

/** Shows what a sign-in waits for. */
async function showStep(from, { login, account, page }) {
  if (page.signal.aborted) return;
  const again = async () => {
    const next = await get(`/telegram-logins/${login.id}`, {}, page.signal);
    await showStep(view, { login: next, account, page });
  };
  let view = from;
  if (login.step === 'done') return await page.close(true);
  if (login.step === 'code' || login.step === 'password') {
    view = typeStep(login, { account, page });
    move(from, view);
    if (login.errorCode !== null) refuse(view, login);
    else announce(view.querySelector('label').textContent);
    return;
  }
  if (login.step === 'sending') {
    view = waitStep(login, { account, page });
    from.replaceWith(view);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    if (view.isConnected) await again();
    return;
  }
  const note = h('div', { class: 'card form' }, title(account), overNote(login), startAgain(account, page));
  move(from, note);
}

const overNote = ({ errorCode, errorText }) =>
  h(
    'div',
    { class: 'note bad', role: 'alert' },
    h('strong', {}, t('login.over')),
    h('p', {}, errorCode === null ? t('login.cancelled') : (errorText ?? word('telegram', errorCode))),
  );

function startAgain(account, page) {
  const restart = (event) => move(event.currentTarget.closest('.card'), termsStep(account, page));
  return h(
    'div',
    { class: 'line' },
    h('button', { type: 'button', class: 'primary', onclick: restart }, t('login.restart')),
    h('button', { type: 'button', onclick: () => void page.close(false) }, t('form.cancel')),
  );
}

const waitStep = (login, { account, page }) =>
  h(
    'div',
    { class: 'card form' },
    title(account),
    h('p', { role: 'status' }, t('login.sending')),
    h('div', { class: 'line' }, cancelButton(login, page)),
  );

const cancelButton = ({ id }, page) =>
  h(
    'button',
    {
      type: 'button',
      onclick: async () => {
        await send('DELETE', `/telegram-logins/${id}`).catch(() => undefined);
        await page.close(false);
      },
    },
    t('form.cancel'),
  );

/** The code, or the password of two-step verification. */
function typeStep(login, { account, page }) {
  const { id, step, codeLength, sentBy, hint, phoneLast4, expiresAt } = login;
  const notes = h('div', {});
  const isCode = step === 'code';
  const control = isCode
    ? h('input', { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: (codeLength ?? 10) + 4 })
    : h('input', { type: 'password', autocomplete: 'off' });
  const where = [
    sentBy && word('login.sentBy', sentBy),
    phoneLast4 && t('accounts.phoneEnds', { digits: phoneLast4 }),
    codeLength && t('login.digits', { count: codeLength }),
  ];
  const submit = h('button', { class: 'primary' }, t('login.confirm'));
  const resend = isCode && h('button', { type: 'button' }, t('login.resend'));
  const left = h('p', { class: 'quiet', role: 'timer' });
  const form = h(
    'form',
    { class: 'card form', novalidate: true, 'aria-labelledby': 'login-title' },
    title(account),
    field(
      step,
      t(`login.${step}`),
      control,
      isCode ? where.filter(Boolean).join(' · ') : hint ? t('login.hint', { hint }) : '',
    ),
    notes,
    left,
    h('div', { class: 'line' }, submit, resend, cancelButton(login, page)),
  );
  const take = (path, body) =>
    attemptForm(form, notes, async () => {
      const next = await send('POST', `/telegram-logins/${id}/${path}`, body);
      await showStep(form, { login: next, account, page });
    });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    void take(step, { [step]: control.value });
  });
  if (resend) resend.addEventListener('click', () => void take('resend'));
  countDown({ left, held: [submit, resend].filter(Boolean), retryAt: login.retryAt, expiresAt, signal: page.signal });
  return form;
}

/** Says how long Telegram takes no attempt, and holds the buttons so long; then how long the sign-in lives. */
function countDown({ left, held, retryAt, expiresAt, signal }) {
  const tick = () => {
    const waitMs = retryAt === null ? 0 : Date.parse(retryAt) - Date.now();
    for (const button of held) button.disabled = waitMs > 0;
    const lifeMs = Math.max(0, Date.parse(expiresAt) - Date.now());
    left.textContent =
      waitMs > 0
        ? t('login.flood', { time: duration(Math.ceil(waitMs / 1000) * 1000) })
        : t('login.life', { time: duration(Math.ceil(lifeMs / 1000) * 1000) });
  };
  tick();
  const timer = setInterval(() => {
    if (signal.aborted || !left.isConnected) clearInterval(timer);
    else tick();
  }, 1000);
}

function refuse(form, { step, errorCode, errorText }) {
  const control = form.elements[step];
  showError(control, errorText ?? word('telegram', errorCode));
  control.focus();
}
