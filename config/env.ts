import { existsSync, readFileSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import type { z } from 'zod';
import { DEVELOPMENT_KEYS, type KeyRing } from './key-ring.ts';
import { variableMeta } from './variable-meta.ts';
import { MAX_API, TELEGRAM_BOT_API, Variables } from './variables.ts';
import { problemsBetween, WEAK_PASSWORDS } from './policy.ts';

type Parsed = z.output<typeof Variables>;
export type EnvSource = Readonly<Record<string, string | undefined>>;

/** The settings of one process; what is optional in the environment has its value here. */
export type Config = Readonly<
  Omit<Parsed, 'DATABASE_URL' | 'TEMPORAL_ADDRESS' | 'GIFTY_KEYS'> & {
    DATABASE_URL: string;
    TEMPORAL_ADDRESS: string;
    GIFTY_KEYS: KeyRing;
    /** True when `npm start` must bring the database up itself. */
    embeddedDatabase: boolean;
    /** True when `npm start` must bring Temporal up itself. */
    embeddedTemporal: boolean;
    /** True when `npm start` must bring a Telegram up itself. */
    embeddedTelegram: boolean;
    /** True when `npm start` must bring a MAX up itself. */
    embeddedMax: boolean;
    /** Sentences for the operator, to be logged once at start. */
    warnings: readonly string[];
    /** Values that no log line may contain. */
    secrets: readonly string[];
  }
>;

/** The environment cannot be used; `problems` names every bad variable and its rule, never a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem(s):\n${problems.map((text) => `  - ${text}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Empty counts as absent; `NAME_FILE` names a file that holds the value (container secrets). */
function readVariables(env: EnvSource, problems: string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of Object.keys(Variables.shape)) {
    const file = env[`${name}_FILE`];
    let value = env[name];
    if (file !== undefined && file !== '') {
      if (existsSync(file)) value = readFileSync(file, 'utf8').trim();
      else problems.push(`${name}_FILE: there is no file ${file}`);
    }
    if (value !== undefined && value !== '') values[name] = value;
  }
  return values;
}

/** Values of the variables marked secret, and passwords inside URLs. */
function secretValues(values: Readonly<Record<string, string>>): string[] {
  const secrets = Object.entries(Variables.shape).flatMap(([name, schema]) => {
    const secret = variableMeta.get(schema)?.secret === true;
    return secret && values[name] !== undefined ? [values[name]] : [];
  });
  const urls = secrets.flatMap((value) => value.split(',')).map((part) => part.trim());
  const passwords = urls.filter((value) => URL.canParse(value)).map((value) => new URL(value).password);
  const keys = (values['GIFTY_KEYS'] ?? '').split(',').map((entry) => entry.slice(entry.indexOf(':') + 1));
  return [...secrets, ...passwords, ...passwords.map(decodeURIComponent), ...keys].filter(
    (text) => text.length >= 6 && !WEAK_PASSWORDS.includes(text),
  );
}

/** A Telegram on loopback, unless the environment names another one; production has none. */
const wantsSandbox = ({ NODE_ENV, GIFTY_TELEGRAM, GIFTY_TELEGRAM_DC, GIFTY_TELEGRAM_BOT_API }: Parsed): boolean =>
  NODE_ENV !== 'production' &&
  GIFTY_TELEGRAM === 'sandbox' &&
  GIFTY_TELEGRAM_DC === undefined &&
  GIFTY_TELEGRAM_BOT_API === TELEGRAM_BOT_API;

/** The same of a MAX. */
const wantsMax = ({ NODE_ENV, GIFTY_MAX, GIFTY_MAX_API }: Parsed): boolean =>
  NODE_ENV !== 'production' && GIFTY_MAX === 'sandbox' && GIFTY_MAX_API === MAX_API;

function complete(parsed: Parsed, secrets: readonly string[]): Config {
  const warnings: string[] = [];
  if (parsed.GIFTY_KEYS === undefined) {
    warnings.push(
      'GIFTY_KEYS is not set: workflow payloads and stored secrets are encrypted with the development key, which is public',
    );
  }
  return {
    ...parsed,
    DATABASE_URL:
      parsed.DATABASE_URL ?? `postgres://postgres:postgres@127.0.0.1:${parsed.GIFTY_POSTGRES_PORT}/postgres`,
    TEMPORAL_ADDRESS: parsed.TEMPORAL_ADDRESS ?? `127.0.0.1:${parsed.GIFTY_TEMPORAL_PORT}`,
    GIFTY_KEYS: parsed.GIFTY_KEYS ?? DEVELOPMENT_KEYS,
    embeddedDatabase: parsed.DATABASE_URL === undefined,
    embeddedTemporal: parsed.TEMPORAL_ADDRESS === undefined,
    embeddedTelegram: wantsSandbox(parsed),
    embeddedMax: wantsMax(parsed),
    warnings,
    secrets,
  };
}

/**
 * The settings in `env`, checked; every process calls this first and passes values on.
 * @throws ConfigError naming all bad variables at once
 */
export function parseConfig(env: EnvSource): Config {
  const problems: string[] = [];
  const values = readVariables(env, problems);
  const result = Variables.safeParse(values);
  if (!result.success) {
    problems.push(...result.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`));
  }
  problems.push(...problemsBetween(values));
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return complete(result.data, secretValues(values));
}

/**
 * The settings of this process, from its environment and then from `.env` in the working directory.
 * @throws ConfigError naming all bad variables at once
 */
export function loadConfig(): Config {
  if (existsSync('.env')) loadEnvFile('.env');
  return parseConfig(process.env);
}
