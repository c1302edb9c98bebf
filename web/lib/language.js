import en from '../texts/en.js';
import ru from '../texts/ru.js';
import rules from '../texts/rules-ru.js';

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

/** What the API says of a wrong field, in the reader's language where we have it. */
export function ruleText(message) {
  if (language === 'en') return message;
  const numbers = [];
  const shape = message.replace(/(?<![\w@])\d+/g, (digits) => `{${numbers.push(digits) - 1}}`);
  return rules[shape]?.replace(/\{(\d)\}/g, (_match, at) => numbers[at]) ?? message;
}

/** A refusal in words; what has none here is said as the API says it. */
export function problemText({ code, message, retryAfter = 0 }) {
  const text = TEXTS[language][`problem.${code}`] ?? message;
  return retryAfter > 0 ? `${text} ${t('problem.wait', { time: duration(retryAfter * 1000) })}` : text;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** A length of time in its two largest units, e.g. `2 min 5 sec`. */
export function duration(ms) {
  const at = Math.max(
    0,
    UNITS.findIndex(([, size]) => ms >= size),
  );
  const first = ms < 1000 ? UNITS.length - 1 : at;
  let rest = ms;
  const parts = UNITS.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 || size === 1000 ? [unitText(count, unit)] : [];
  });
  return parts.join(' ');
}

const unitText = (count, unit) =>
  new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);

/** Hours, minutes and seconds. */
export const clock = (iso) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(new Date(iso));
