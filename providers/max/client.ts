import { Api, MaxError } from '@maxhub/max-bot-api';
import { z } from 'zod';
import { DomainError } from '../../domain/shared/errors.ts';
import { RateLimitedError } from '../errors.ts';
import { asOurError } from './api-errors.ts';

const Refused = z.object({ code: z.string().default('unknown'), message: z.string().default('') });

type Client = ConstructorParameters<typeof Api>[0];
export type CallOptions = Parameters<Client['call']>[0]['options'];

/** One bot's way to MAX. */
export interface Connection {
  readonly api: Api;
  /** What the library's methods have no words for. @throws MaxError as they do */
  readonly call: (method: string, options: CallOptions) => Promise<unknown>;
  readonly token: string;
  readonly baseUrl: string;
  /** For an answer, ms. */
  readonly timeoutMs: number;
}

/** What stands in a header must not end it. */
const TOKEN = /^[\x21-\x7e]{1,500}$/;
/** MAX says nothing of how long to wait. */
const RETRY_MS = 1_000;

/**
 * The library's methods and types over a transport of our own: each request has a time limit, a marker of 0 is sent, and the
 * wait that goes with a 429 is kept.
 */
export function connect({ token, baseUrl, timeoutMs }: Omit<Connection, 'api' | 'call'>): Connection {
  const ask = async (method: string, options: CallOptions): Promise<{ status: number; data: unknown }> => {
    if (!TOKEN.test(token)) throw new DomainError('bot-token-invalid', 'this is no token of a bot');
    const { body, signal = AbortSignal.timeout(timeoutMs), method: verb = 'GET' } = options;
    const response = await fetch(addressOf(baseUrl, method, options), {
      ...{ method: verb, signal, redirect: 'error' as const },
      headers: { Authorization: token, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 429) throw new RateLimitedError('MAX', retryAfterMs(response));
    return { status: response.status, data: await readAnswer(response) };
  };
  const client: Client = { call: async ({ method, options }) => await ask(method, options) };
  const call = async (method: string, options: CallOptions): Promise<unknown> => {
    const { status, data } = await ask(method, options);
    if (status !== 200) throw new MaxError(status, Refused.parse(data));
    return data;
  };
  return { api: new Api(client), call, token, baseUrl, timeoutMs };
}

/** What goes wrong is one of our errors. */
export async function calling<T>({ token }: Connection, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (err) {
    throw asOurError(err, token);
  }
}

function addressOf(baseUrl: string, method: string, { query = {}, path = {} }: CallOptions): URL {
  const filled = method.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const url = new URL(`${baseUrl.replace(/\/$/, '')}/${filled}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value));
  }
  return url;
}

function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : RETRY_MS;
}

/** A body that is no JSON is an error's. */
async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (response.ok) throw new Error('an answer that is no JSON', { cause });
    return { code: 'unexpected.response', message: `status ${response.status}` };
  }
}
