import { isIP } from 'node:net';

/** The least that a token must have; a random one of 18 bytes in base64 has 24 characters. */
const TOKEN_CHARACTERS = 24;
const TOKEN_DISTINCT = 10;
/** No secrets: everybody knows them. */
export const WEAK_PASSWORDS: readonly string[] = [
  '',
  'postgres',
  'password',
  'gifty',
  'admin',
  'secret',
  'changeme',
  'PASSWORD',
  '12345678',
];

type Values = Readonly<Partial<Record<string, string>>>;

/** True for addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

function tokenProblems({ GIFTY_OPERATOR_TOKEN: token, GIFTY_API_HOST: host = '127.0.0.1' }: Values): string[] {
  if (token === undefined) {
    return isLoopback(host)
      ? []
      : [`GIFTY_OPERATOR_TOKEN: required because GIFTY_API_HOST (${host}) can be reached from other machines`];
  }
  const strong = token.length >= TOKEN_CHARACTERS && new Set(token).size >= TOKEN_DISTINCT;
  return strong
    ? []
    : [`GIFTY_OPERATOR_TOKEN: too weak, take at least ${TOKEN_CHARACTERS} random characters: openssl rand -base64 32`];
}

function productionProblems({ NODE_ENV, DATABASE_URL, TEMPORAL_ADDRESS, GIFTY_KEYS }: Values): string[] {
  if (NODE_ENV !== 'production') return [];
  const problems: string[] = [];
  if (TEMPORAL_ADDRESS === undefined) problems.push('TEMPORAL_ADDRESS: required in production');
  if (GIFTY_KEYS === undefined) {
    problems.push('GIFTY_KEYS: required in production, the development key is public: openssl rand -base64 32');
  }
  if (DATABASE_URL === undefined) problems.push('DATABASE_URL: required in production');
  else if (URL.canParse(DATABASE_URL) && WEAK_PASSWORDS.includes(decodeURIComponent(new URL(DATABASE_URL).password))) {
    problems.push('DATABASE_URL: its password is missing or well known, which production refuses');
  }
  return problems;
}

function modelProblems(values: Values): string[] {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_CHAT_MODEL: chat } = values;
  if (baseUrl === undefined) return chat === undefined ? [] : ['OPENAI_BASE_URL: required with OPENAI_CHAT_MODEL'];
  const missing = ['OPENAI_EMBEDDING_MODEL', 'OPENAI_EMBEDDING_DIMENSIONS'].filter(
    (name) => values[name] === undefined,
  );
  // The API may be there for advice alone.
  if (chat !== undefined && missing.length === 2) return [];
  return missing.map((name) => `${name}: required with OPENAI_BASE_URL`);
}

const sandboxProblems = (values: Values): string[] =>
  ['GIFTY_TELEGRAM', 'GIFTY_MAX']
    .filter((name) => values['NODE_ENV'] === 'production' && values[name] === 'sandbox')
    .map((name) => `${name}: sandbox, which production refuses`);

function datacentreProblems(values: Values): string[] {
  if (values['GIFTY_TELEGRAM_DC'] === undefined) return [];
  if (values['NODE_ENV'] === 'production') return ['GIFTY_TELEGRAM_DC: a sandbox, which production refuses'];
  return values['GIFTY_TELEGRAM_DC_KEY'] === undefined
    ? ['GIFTY_TELEGRAM_DC_KEY: required with GIFTY_TELEGRAM_DC']
    : [];
}

function webhookProblems({ GIFTY_WEBHOOK_URL: url, GIFTY_WEBHOOK_SECRET: secret }: Values): string[] {
  if (url === undefined) return [];
  const { protocol, hostname } = URL.parse(url) ?? { protocol: '', hostname: '' };
  return [
    // A sandbox on this machine needs no certificate.
    ...(protocol === 'http:' && !isLoopback(hostname) ? ['GIFTY_WEBHOOK_URL: must be an https:// URL'] : []),
    ...(secret === undefined ? ['GIFTY_WEBHOOK_SECRET: required with GIFTY_WEBHOOK_URL: openssl rand -hex 32'] : []),
  ];
}

/** Rules between variables, in the same form as the problems of single ones; a secret's value is never quoted. */
export const problemsBetween = (values: Values): string[] => [
  ...tokenProblems(values),
  ...productionProblems(values),
  ...modelProblems(values),
  ...sandboxProblems(values),
  ...datacentreProblems(values),
  ...webhookProblems(values),
];
