import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { SetupError } from '../errors.ts';

const NAME = 'demo';
const POLL_MS = 300;
/** A question that fails while a process is being started again is repeated for this long. */
const PATIENCE_MS = 30_000;

const anything = z.unknown();

export interface DemoUserOptions {
  /** Base address of the API. */
  readonly apiUrl: string;
  /** Holds the password; readable for its owner alone. */
  readonly passwordFile: string;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: object | undefined;
}

/** The demo's person, who does everything over REST. */
export class DemoUser {
  readonly name = NAME;
  readonly password: string;
  readonly #apiUrl: string;
  #cookie = '';

  private constructor({ apiUrl, passwordFile }: DemoUserOptions) {
    this.#apiUrl = apiUrl;
    if (!existsSync(passwordFile)) {
      writeFileSync(passwordFile, `${randomBytes(15).toString('base64url')}\n`, { mode: 0o600 });
    }
    this.password = readFileSync(passwordFile, 'utf8').trim();
  }

  /** Signs in; the first time a user is registered. @throws SetupError when somebody else has the name */
  static async signIn(options: DemoUserOptions): Promise<DemoUser> {
    const user = new DemoUser(options);
    const { name, password } = user;
    if (await user.#enters('/api/auth/login', { name, password })) return user;
    const { language, zone } = habits();
    if (await user.#enters('/api/auth/register', { name, password, language, zone })) return user;
    throw new SetupError(`There is a user «${NAME}» whose password is not the one in ${options.passwordFile}.`);
  }

  async #enters(path: string, body: object): Promise<boolean> {
    const response = await this.#send({ method: 'POST', path, body });
    if (response.status === 401 || response.status === 409) return false;
    if (!response.ok) throw await refusal(path, response);
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0] ?? '')
      .join('; ');
    return true;
  }

  async #send({ method, path, body }: Call): Promise<Response> {
    return await fetch(new URL(path, this.#apiUrl), {
      method,
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      signal: AbortSignal.timeout(30_000),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Asks, again and again while it is not answered. */
  async get<T>(schema: z.ZodType<T>, path: string): Promise<T> {
    const untilMs = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await this.#call(schema, { method: 'GET', path });
      } catch (err) {
        if (Date.now() > untilMs) throw err;
        await delay(POLL_MS);
      }
    }
  }

  /** @throws SetupError with what the API said */
  async post<T>(schema: z.ZodType<T>, path: string, body: object): Promise<T> {
    return await this.#call(schema, { method: 'POST', path, body });
  }

  /** @throws SetupError with what the API said */
  async patch(path: string, body: object): Promise<void> {
    await this.#call(anything, { method: 'PATCH', path, body });
  }

  async #call<T>(schema: z.ZodType<T>, { method, path, body }: Call): Promise<T> {
    const response = await this.#send({ method, path, body });
    if (!response.ok) throw await refusal(path, response);
    return schema.parse(await response.json());
  }
}

const refusal = async (path: string, response: Response): Promise<SetupError> =>
  new SetupError(`${path} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);

/** Language and time zone of this machine. */
function habits() {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { language: locale.startsWith('ru') ? 'ru' : 'en', zone: timeZone };
}
