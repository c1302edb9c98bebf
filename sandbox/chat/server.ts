import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { listen } from '../listen.ts';
import { readBody } from '../telegram-bot/request.ts';

export interface ChatPageOptions {
  /** Default 0: any free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Addresses of the sandboxes; null = there is none. */
  readonly telegram: string | null;
  readonly max: string | null;
}

const PAGE = new URL('page/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;
/** All that the page asks of a sandbox; its other doors stay closed. */
const PROXIED = /^\/(telegram|max)(\/control\/(?:bots|chat|acts|files\/[^?]+))(\?.*)?$/;
const FILE = /^\/[\w-]+\.(html|css|js|svg)$/;

/** The page on which one is the person in both messengers. */
export async function startChatPage(options: ChatPageOptions) {
  const { host = '127.0.0.1' } = options;
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => response.destroy());
  });
  const port = await listen(server, options.port, host);
  return {
    url: `http://${host}:${port}`,
    port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(options: ChatPageOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = '/' } = request;
  const [, messenger, path = '', query = ''] = PROXIED.exec(url) ?? [];
  if (messenger === 'telegram' || messenger === 'max')
    await pass({ to: options[messenger], path: path + query }, request, response);
  else answerPage(url === '/' ? '/index.html' : url, response);
}

function answerPage(url: string, response: ServerResponse): void {
  const page = FILE.test(url) ? readPage(url.slice(1)) : null;
  const type = TYPES[extname(url)] ?? 'text/plain; charset=utf-8';
  response.writeHead(page === null ? 404 : 200, { ...HEADERS, 'content-type': type });
  response.end(page ?? 'not found');
}

function readPage(name: string): Buffer | null {
  try {
    return readFileSync(new URL(name, PAGE));
  } catch {
    return null;
  }
}

/** A page of another site could post here, were its origin not looked at. */
const isOwn = ({ headers }: IncomingMessage): boolean =>
  headers.origin === undefined || URL.parse(headers.origin)?.host === headers.host;

async function pass(
  { to, path }: { readonly to: string | null; readonly path: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (to === null || !isOwn(request)) {
    response.writeHead(to === null ? 404 : 403, { ...HEADERS, 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: to === null ? 'this messenger is not there' : 'another origin' }));
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = await readBody(request);
  const method = request.method ?? 'GET';
  const answered = await ask(new URL(path, to), {
    ...{ method, signal: gone.signal },
    ...(body.length > 0 && { body: Uint8Array.from(body) }),
  });
  response.writeHead(answered.status, { ...HEADERS, 'content-type': answered.type });
  response.end(answered.body);
}

async function ask(url: URL, init: RequestInit) {
  try {
    const answered = await fetch(url, init);
    const type = answered.headers.get('content-type') ?? 'application/octet-stream';
    return { status: answered.status, type, body: Buffer.from(await answered.arrayBuffer()) };
  } catch {
    return { status: 502, type: 'application/json', body: JSON.stringify({ error: 'the sandbox does not answer' }) };
  }
}
