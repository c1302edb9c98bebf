import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerFile, chatControl, FILES, type ChatHost } from '../messenger/chat-control.ts';
import { Person } from '../messenger/conversation.ts';
import { Fault } from '../messenger/faults.ts';
import { readBody } from '../telegram-bot/request.ts';
import { meet } from './person.ts';
import { countersOf, type MaxSandbox } from './sandbox.ts';
import { deliveries, pushUpdate } from './updates.ts';

const Pushed = z.strictObject({ bot: z.string(), update: z.record(z.string(), z.unknown()) });
const Revoked = z.strictObject({ token: z.string() });
const Met = z.strictObject({ bot: z.string(), people: z.array(Person) });

interface Asked {
  readonly body: unknown;
  readonly query: URLSearchParams;
}
type Route = (sandbox: MaxSandbox, asked: Asked) => unknown;

/** What tests and the demo ask of the sandbox itself. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /control/messages': ({ store }, { query }) => {
    const person = query.get('person');
    return { messages: store.list(person === null ? null : Number(person)) };
  },
  'GET /control/violations': ({ violations }) => ({ violations }),
  'GET /control/counters': (sandbox) => countersOf(sandbox),
  'GET /control/requests': ({ requests }) => ({ requests }),
  'GET /control/webhooks': (sandbox) => ({ webhooks: deliveries(sandbox) }),
  'POST /control/faults': ({ faults }, { body }) => done(() => faults.add(Fault.parse(body))),
  'DELETE /control/faults': ({ faults }) => done(() => faults.clear()),
  'POST /control/updates': (sandbox, { body }) =>
    done(() => {
      const { bot, update } = Pushed.parse(body);
      pushUpdate(sandbox, { bot, chat: '' }, update);
    }),
  'POST /control/people': (sandbox, { body }) =>
    done(() => {
      const { bot, people } = Met.parse(body);
      meet(sandbox, bot, people);
    }),
  'POST /control/revoked': ({ revoked }, { body }) => done(() => revoked.add(Revoked.parse(body).token)),
};

function done(act: () => unknown): { readonly ok: true } {
  act();
  return { ok: true };
}

/** Answers what is below `/control/`; false = something else was asked. */
export async function answerControl(
  { sandbox, host }: { readonly sandbox: MaxSandbox; readonly host: ChatHost },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://max.api');
  if (!pathname.startsWith('/control/')) return false;
  if (pathname.startsWith(FILES)) {
    answerFile(host, pathname, response);
    return true;
  }
  const route = `${request.method ?? ''} ${pathname}`;
  const text = (await readBody(request)).toString();
  const { status, body } = await run(async () => {
    const asked: Asked = { query, body: text === '' ? null : JSON.parse(text) };
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
