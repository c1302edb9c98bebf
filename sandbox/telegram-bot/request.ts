import type { IncomingMessage } from 'node:http';
import { readMultipart } from './multipart.ts';

export interface BotRequest {
  readonly token: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const PATH = /^\/bot([^/]+)\/(\w+)$/;

/** A call of the Bot API: parameters from the query, JSON, a form or multipart; null = the path is none of its. */
export async function readRequest(request: IncomingMessage): Promise<BotRequest | null> {
  const url = new URL(request.url ?? '/', 'http://bot.api');
  const [, token, method] = PATH.exec(decodeURIComponent(url.pathname)) ?? [];
  if (token === undefined || method === undefined) return null;
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const parameters = { ...Object.fromEntries(url.searchParams), ...readParameters(body, type) };
  return { token, method, parameters };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function readParameters(body: Buffer, type: string): Record<string, unknown> {
  if (body.length === 0) return {};
  if (type.startsWith('application/json')) {
    const parsed: unknown = JSON.parse(body.toString());
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  }
  if (type.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body.toString()));
  if (!type.startsWith('multipart/form-data')) return {};
  // The method may be named in the body, too.
  return Object.fromEntries(Object.entries(readMultipart(body, type)).filter(([name]) => name !== 'method'));
}
