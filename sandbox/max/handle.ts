import type { IncomingMessage } from 'node:http';
import { faulty, type Result } from '../messenger/fault-answers.ts';
import { readMultipart } from '../telegram-bot/multipart.ts';
import { readBody } from '../telegram-bot/request.ts';
import { badRequest, MaxRefusal, refusalBy, tooMany, unauthorized } from './refusal.ts';
import { ROUTES, routeOf } from './routes.ts';
import { botIdOf, type MaxSandbox } from './sandbox.ts';
import { chatIdOf } from './state.ts';
import { takeUpload } from './uploads.ts';

const KEPT_REQUESTS = 1_000;
const TOKEN = /^[\w.=-]{8,256}$/;
const UPLOAD = /^\/upload\/([\da-f-]{36})$/;

interface Asked {
  readonly method: string;
  readonly pathname: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly type: string;
  readonly token: string;
}

/** Answers one request of a bot. */
export async function handle(sandbox: MaxSandbox, request: IncomingMessage): Promise<Result<MaxRefusal>> {
  const url = new URL(request.url ?? '/', 'http://max.api');
  const asked: Asked = {
    ...{ method: request.method ?? '', pathname: url.pathname, query: Object.fromEntries(url.searchParams) },
    ...{ body: await readBody(request), type: request.headers['content-type'] ?? '' },
    token: request.headers.authorization ?? '',
  };
  const violate = (problem: string): void => {
    sandbox.violations.push({ method: `${asked.method} ${asked.pathname}`, problem });
  };
  try {
    const upload = UPLOAD.exec(url.pathname)?.[1];
    if (upload === undefined) return await call(sandbox, asked, violate);
    return uploaded(sandbox, { ...asked, upload }, violate);
  } catch (err) {
    return err instanceof MaxRefusal ? err : new MaxRefusal(500, 'internal', 'Internal error');
  }
}

type Violate = (problem: string) => void;

function uploaded(sandbox: MaxSandbox, { upload, body, type }: Asked & { readonly upload: string }, violate: Violate) {
  try {
    return { ok: takeUpload(sandbox, upload, readMultipart(body, type)) };
  } catch (err) {
    violate(err instanceof Error ? err.message : 'bad upload');
    throw err;
  }
}

async function call(sandbox: MaxSandbox, asked: Asked, violate: Violate): Promise<Result<MaxRefusal>> {
  const { method, pathname, query, token } = asked;
  const route = routeOf(method, pathname);
  const name = route?.name ?? `${method} ${pathname}`;
  const body = readJson(asked, violate);
  note(sandbox, { method: name, query, body });
  if (!TOKEN.test(token) || sandbox.revoked.has(token)) {
    if (!TOKEN.test(token)) violate('no token in the header Authorization');
    throw unauthorized();
  }
  if (route === null) {
    violate('no such method');
    throw new MaxRefusal(404, 'not.found', `Path ${pathname} not found`);
  }
  const bot = botIdOf(token);
  sandbox.seen.add(bot);
  const { chatId } = route;
  const fault = sandbox.faults.meet({ method: route.name, chatId: chatOf(sandbox, query) });
  return await faulty({ fault, refuse: refusalBy }, async () => {
    takeRequest(sandbox, bot, violate);
    return { ok: await ROUTES[route.name]({ bot, sandbox, query, body, chatId, violate }) };
  });
}

/** For faults of one chat: its id, however the request names it. */
function chatOf({ presses }: MaxSandbox, query: Asked['query']): string | null {
  const { user_id: user, chat_id: chat, message_id: mid, callback_id: callback } = query;
  if (user !== undefined) return String(chatIdOf(Number(user)));
  if (mid !== undefined) return String(Number.parseInt(mid.slice(4, 20), 16));
  const press = presses.get(callback ?? '');
  return chat ?? (press === undefined ? null : String(chatIdOf(press.person)));
}

function readJson({ body, type }: Asked, violate: Violate): unknown {
  if (body.length === 0) return null;
  if (!type.startsWith('application/json')) violate(`a body of type ${type}`);
  try {
    return JSON.parse(body.toString());
  } catch {
    throw badRequest('the body is no JSON');
  }
}

function takeRequest(sandbox: MaxSandbox, bot: string, violate: Violate): void {
  if (sandbox.rates.take('bot', bot)) return;
  sandbox.limited += 1;
  violate('too many requests');
  throw tooMany();
}

function note({ counts, requests }: MaxSandbox, seen: MaxSandbox['requests'][number]): void {
  counts.set(seen.method, (counts.get(seen.method) ?? 0) + 1);
  requests.push(seen);
  requests.splice(0, Math.max(0, requests.length - KEPT_REQUESTS));
}
