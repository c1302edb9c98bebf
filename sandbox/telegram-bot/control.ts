import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerFile, chatControl, FILES, type ChatHost } from '../messenger/chat-control.ts';
import { Fault } from '../messenger/faults.ts';
import { readBody } from './request.ts';
import { countersOf, type Sandbox } from './sandbox.ts';
import { pushUpdate } from './updates.ts';

const Pushed = z.strictObject({ bot: z.string(), update: z.record(z.string(), z.unknown()) });
const Revoked = z.strictObject({ token: z.string() });

type Route = (sandbox: Sandbox, input: { readonly body: unknown; readonly query: URLSearchParams }) => unknown;

/** What tests and the demo ask of the sandbox itself. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /control/messages': ({ store }, { query }) => ({ messages: store.list(query.get('chat_id')) }),
  'GET /control/violations': ({ violations }) => ({ violations }),
  'GET /control/counters': (sandbox) => countersOf(sandbox),
  'GET /control/requests': ({ requests }) => ({ requests }),
  'POST /control/faults': ({ faults }, { body }) => {
    faults.add(Fault.parse(body));
    return { ok: true };
  },
  'DELETE /control/faults': ({ faults }) => {
    faults.clear();
    return { ok: true };
  },
  'POST /control/updates': (sandbox, { body }) => {
    const { bot, update } = Pushed.parse(body);
    pushUpdate(sandbox, { bot, chat: '' }, update);
    return { ok: true };
  },
  'GET /control/webhooks': ({ settings, webhooks, updates }) => ({
    webhooks: Object.entries(settings.now.webhooks).map(([bot, { url }]) => ({
      ...{ bot, url, pending: updates.size(bot) },
      ...webhooks.stats(bot),
    })),
  }),
  'POST /control/revoked': ({ revoked }, { body }) => {
    revoked.add(Revoked.parse(body).token);
    return { ok: true };
  },
};

/** Answers what is below `/control/`; false = something else was asked. */
export async function answerControl(
  { sandbox, host }: { readonly sandbox: Sandbox; readonly host: ChatHost },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://bot.api');
  if (!pathname.startsWith('/control/')) return false;
  if (pathname.startsWith(FILES)) {
    answerFile(host, pathname, response);
    return true;
  }
  const route = `${request.method ?? ''} ${pathname}`;
  const text = (await readBody(request)).toString();
  const { status, body } = await run(async () => {
    const asked: { readonly query: URLSearchParams; readonly body: unknown } = {
      query,
      body: text === '' ? null : JSON.parse(text),
    };
    return ROUTES[route]?.(sandbox, asked) ?? (await chatControl(host, { route, ...asked }));
  });
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
  return true;
}

async function run(route: () => Promise<unknown>): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const body = await route();
    return body === undefined ? { status: 404, body: { error: 'not found' } } : { status: 200, body };
  } catch (err) {
    return { status: 400, body: { error: err instanceof Error ? err.message : 'bad request' } };
  }
}
