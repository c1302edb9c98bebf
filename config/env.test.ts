import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { envExample } from './env-example.ts';
import { ConfigError, parseConfig, type EnvSource } from './env.ts';
import { Variables } from './variables.ts';

const key = (): string => randomBytes(32).toString('base64');
const STRONG_TOKEN = 'kJ8vQ2xWm4ZrT7pLs9Yb3Nc6';

function problems(env: EnvSource): readonly string[] {
  try {
    parseConfig(env);
  } catch (err) {
    if (err instanceof ConfigError) return err.problems;
    throw err;
  }
  return [];
}

describe('defaults', () => {
  test('an empty environment is a working development set on loopback', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({ GIFTY_API_HOST: '127.0.0.1', embeddedDatabase: true, embeddedTemporal: true });
    expect(config.GIFTY_KEYS.keys[config.GIFTY_KEYS.current]).toHaveLength(32);
    expect(config.warnings.join()).toContain('GIFTY_KEYS');
  });

  test('an embedded port that was moved moves the address with it', () => {
    const config = parseConfig({ GIFTY_POSTGRES_PORT: '6000', GIFTY_TEMPORAL_PORT: '6001' });
    expect(new URL(config.DATABASE_URL).port).toBe('6000');
    expect(config.TEMPORAL_ADDRESS).toBe('127.0.0.1:6001');
  });

  test('a real server switches the embedded one off', () => {
    const config = parseConfig({ DATABASE_URL: 'postgres://me@db/gifty', TEMPORAL_ADDRESS: 'temporal:7233' });
    expect(config).toMatchObject({ embeddedDatabase: false, embeddedTemporal: false });
  });

  test('npm start brings a Telegram up unless it is switched off or another one is named', () => {
    const production = { NODE_ENV: 'production', TEMPORAL_ADDRESS: 't:7233', GIFTY_KEYS: `a:${key()}` };
    expect(parseConfig({}).embeddedTelegram).toBe(true);
    for (const env of [
      { GIFTY_TELEGRAM: 'production' },
      { GIFTY_TELEGRAM_DC: '127.0.0.1:8443', GIFTY_TELEGRAM_DC_KEY: 'k' },
      { GIFTY_TELEGRAM_BOT_API: 'http://127.0.0.1:8081' },
      { ...production, DATABASE_URL: 'postgres://gifty:2fQ9xLw7@db/gifty' },
    ]) {
      expect(parseConfig(env).embeddedTelegram).toBe(false);
    }
    expect(problems({ ...production, GIFTY_TELEGRAM: 'sandbox' }).join()).toContain('GIFTY_TELEGRAM: sandbox');
    expect(problems({ ...production, GIFTY_MAX: 'sandbox' }).join()).toContain('GIFTY_MAX: sandbox');
  });

  test('an empty value counts as absent', () => {
    expect(parseConfig({ LOG_LEVEL: '', DATABASE_URL: '' })).toMatchObject({ LOG_LEVEL: 'info' });
  });
});

describe('bad input', () => {
  test('all problems are named at once', () => {
    const found = problems({
      LOG_LEVEL: 'loud',
      GIFTY_API_PORT: '99999',
      DATABASE_URL: 'mysql://x',
      TEMPORAL_ADDRESS: 'nowhere',
      OPENAI_BASE_URL: 'ftp://x',
    }).map((text) => text.split(':')[0]);
    expect(found).toEqual(
      expect.arrayContaining(['LOG_LEVEL', 'GIFTY_API_PORT', 'DATABASE_URL', 'TEMPORAL_ADDRESS', 'OPENAI_BASE_URL']),
    );
  });

  test('an API that others can reach needs a strong operator token', () => {
    expect(problems({ GIFTY_API_HOST: '0.0.0.0' }).join()).toContain('GIFTY_OPERATOR_TOKEN: required');
    expect(problems({ GIFTY_API_HOST: '0.0.0.0', GIFTY_OPERATOR_TOKEN: 'changeme' }).join()).toContain('too weak');
    expect(problems({ GIFTY_OPERATOR_TOKEN: 'a'.repeat(40) }).join()).toContain('too weak');
    expect(problems({ GIFTY_API_HOST: '0.0.0.0', GIFTY_OPERATOR_TOKEN: STRONG_TOKEN })).toEqual([]);
    expect(problems({ GIFTY_API_HOST: '127.0.0.2' })).toEqual([]);
  });

  test('production refuses the development key, missing servers and well-known passwords', () => {
    const found = problems({ NODE_ENV: 'production', DATABASE_URL: 'postgres://gifty:postgres@db/gifty' }).join();
    expect(found).toContain('GIFTY_KEYS: required in production');
    expect(found).toContain('TEMPORAL_ADDRESS: required in production');
    expect(found).toContain('DATABASE_URL: its password');
    const good = { NODE_ENV: 'production', TEMPORAL_ADDRESS: 't:7233', GIFTY_KEYS: `a:${key()}` };
    expect(problems({ ...good, DATABASE_URL: 'postgres://gifty:2fQ9xLw7@db/gifty' })).toEqual([]);
  });

  test('a sandbox instead of Telegram needs its key, and production refuses it', () => {
    const sandbox = { GIFTY_TELEGRAM_DC: '127.0.0.1:8443' };
    expect(problems(sandbox).join()).toContain('GIFTY_TELEGRAM_DC_KEY: required');
    expect(problems({ ...sandbox, GIFTY_TELEGRAM_DC_KEY: 'MIIB' })).toEqual([]);
    expect(problems({ ...sandbox, NODE_ENV: 'production' }).join()).toContain('GIFTY_TELEGRAM_DC: a sandbox');
  });

  test('the API for models is there for embeddings, for advice, or for both', () => {
    const api = { OPENAI_BASE_URL: 'https://api.example.org/v1' };
    const embeddings = { OPENAI_EMBEDDING_MODEL: 'm', OPENAI_EMBEDDING_DIMENSIONS: '8' };
    expect(problems(api).join()).toContain('OPENAI_EMBEDDING_MODEL: required');
    expect(problems({ OPENAI_CHAT_MODEL: 'm' }).join()).toContain('OPENAI_BASE_URL: required');
    expect(problems({ ...api, OPENAI_CHAT_MODEL: 'm', OPENAI_EMBEDDING_MODEL: 'm' }).join()).toContain('DIMENSIONS');
    for (const good of [embeddings, { OPENAI_CHAT_MODEL: 'm' }, { ...embeddings, OPENAI_CHAT_MODEL: 'm' }])
      expect(problems({ ...api, ...good })).toEqual([]);
  });

  test('a webhook is reached by HTTPS, or on this machine, and has a secret', () => {
    const GIFTY_WEBHOOK_SECRET = 'webhook-secret-of-tests-0';
    expect(problems({ GIFTY_WEBHOOK_URL: 'https://example.org' }).join()).toContain('GIFTY_WEBHOOK_SECRET: required');
    expect(problems({ GIFTY_WEBHOOK_URL: 'http://example.org', GIFTY_WEBHOOK_SECRET }).join()).toContain('https://');
    for (const GIFTY_WEBHOOK_URL of ['https://example.org', 'http://127.0.0.1:8080'])
      expect(problems({ GIFTY_WEBHOOK_URL, GIFTY_WEBHOOK_SECRET })).toEqual([]);
  });

  test('a message never quotes a secret', () => {
    const found = problems({ GIFTY_KEYS: 'a:c2hvcnQtY2FuYXJ5', GIFTY_OPERATOR_TOKEN: 'weak-canary' }).join();
    expect(found).not.toContain('canary');
    expect(found).not.toContain('c2hvcnQtY2FuYXJ5');
  });
});

describe('keys', () => {
  test('the first key encrypts, all are kept', () => {
    const { GIFTY_KEYS } = parseConfig({ GIFTY_KEYS: `new:${key()}, old:${key()}` });
    expect(GIFTY_KEYS.current).toBe('new');
    expect(Object.keys(GIFTY_KEYS.keys)).toEqual(['new', 'old']);
  });

  test.each(['a', ':x', `a:${'A'.repeat(10)}`, `a:${key()},a:${key()}`])('"%s" is refused', (ring) => {
    expect(problems({ GIFTY_KEYS: ring }).join()).toContain('GIFTY_KEYS:');
  });
});

describe('secrets by file', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'gifty-env-')), 'token');
  writeFileSync(file, `${STRONG_TOKEN}\n`);

  test('NAME_FILE wins over NAME and its end of line is cut', () => {
    expect(parseConfig({ GIFTY_OPERATOR_TOKEN_FILE: file }).GIFTY_OPERATOR_TOKEN).toBe(STRONG_TOKEN);
  });

  test('a file that is not there is named', () => {
    expect(problems({ GIFTY_KEYS_FILE: '/nowhere/keys' }).join()).toContain('/nowhere/keys');
  });

  test('every secret is known to the logger, also the password inside a URL and each key', () => {
    const ring = key();
    const { secrets } = parseConfig({ DATABASE_URL: 'postgres://u:p%40ssw0rd@h/d', GIFTY_KEYS: `a:${ring}` });
    expect(secrets).toEqual(expect.arrayContaining(['p@ssw0rd', ring]));
  });

  test('proxies are a list, their passwords are secrets, and a bad one is refused without quoting it', () => {
    const list = 'http://u:first-secret@p1:3128, https://u:second-secret@p2';
    const { GIFTY_PROXIES, secrets } = parseConfig({ GIFTY_PROXIES: list });
    expect(GIFTY_PROXIES).toEqual(['http://u:first-secret@p1:3128', 'https://u:second-secret@p2']);
    expect(secrets).toEqual(expect.arrayContaining(['first-secret', 'second-secret']));
    expect(problems({ GIFTY_PROXIES: 'socks5://u:first-secret@p1' })).toEqual([
      'GIFTY_PROXIES: must be http:// or https:// URLs with commas between',
    ]);
  });
});

describe('.env.example', () => {
  const committed = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');

  test('is current: npm run env-example', () => {
    expect(committed).toBe(envExample());
  });

  test('names every variable, and can be used as it stands', () => {
    for (const name of Object.keys(Variables.shape)) expect(committed).toMatch(new RegExp(`^(# )?${name}=`, 'm'));
    const lines = committed.split('\n').filter((line) => /^\w+=/.test(line));
    const env = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    expect(problems(env)).toEqual([]);
  });
});
