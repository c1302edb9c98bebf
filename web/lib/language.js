import en from '../texts/en.js';
import ru from '../texts/ru.js';

const TEXTS = { ru, en };
const KEY = 'gifty-language';

const wanted = localStorage.getItem(KEY) ?? navigator.language.slice(0, 2);
/** `ru` or `en`. */
export const language = wanted in TEXTS ? wanted : 'en';
document.documentElement.lang = language;

export const languages = Object.keys(TEXTS);

export function switchLanguage(to) {
  localStorage.setItem(KEY, to);
  location.reload();
}

const plural = new Intl.PluralRules(language);

/** The text under a key; `{name}` takes a value, an object of plural forms is chosen by `count`. */
export function t(key, values = {}) {
  const text = TEXTS[language][key];
  if (text === undefined) throw new Error(`no text «${key}»`);
  const chosen = typeof text === 'string' ? text : (text[plural.select(values.count)] ?? text.other);
  return chosen.replace(/\{(\w+)\}/g, (_match, name) => String(values[name] ?? ''));
}

/** A code from the API (a state, an availability) in words; a new one shows as it is. */
export function word(group, code) {
  return TEXTS[language][`${group}.${code}`] ?? code;
}

export const number = (value) => new Intl.NumberFormat(language).format(value);

/** `{ amount, currency }` as people write it. */
export function money({ amount, currency }) {
  const digits = /\.0*$|^\d+$/.test(amount) ? 0 : 2;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (currency === null) return new Intl.NumberFormat(language, options).format(Number(amount));
  return new Intl.NumberFormat(language, { style: 'currency', currency, ...options }).format(Number(amount));
}

export const dateTime = (iso) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
export const date = (iso) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(iso));
