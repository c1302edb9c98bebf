import type { z } from 'zod';
import { answer } from './answers.ts';
import { getMe, sendAction, setCommands } from './bot-info.ts';
import type { MaxCall } from './context.ts';
import { deleteMessage, editMessage, listMessages, sendMessage } from './messages.ts';
import { badRequest } from './refusal.ts';
import { SCHEMAS, type BodyOf, type QueryOf, type Route } from './schemas.ts';
import { openUpload } from './uploads.ts';
import { getUpdates, listSubscriptions, subscribe, unsubscribe } from './updates.ts';

/** What came in, before it is checked. */
export interface RawCall extends Omit<MaxCall<Route>, 'query' | 'body'> {
  readonly query: unknown;
  readonly body: unknown;
}

type Run = (call: RawCall) => unknown;

interface Schemas<R extends Route> {
  readonly query: z.ZodType<QueryOf<R>>;
  readonly body: z.ZodType<BodyOf<R>>;
}

/** One route's schemas with its handler, so that their types meet; what breaks them is a violation. */
function route<R extends Route>({ query, body }: Schemas<R>, handle: (call: MaxCall<R>) => unknown): Run {
  return (call) =>
    handle({ ...call, query: checked(query, call.query, call.violate), body: checked(body, call.body, call.violate) });
}

function checked<T>(schema: z.ZodType<T>, input: unknown, violate: (problem: string) => void): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  problems.forEach(violate);
  throw badRequest(problems.join('; '));
}

export const ROUTES: Readonly<Record<Route, Run>> = {
  'GET /me': route(SCHEMAS['GET /me'], getMe),
  'PATCH /me/commands': route(SCHEMAS['PATCH /me/commands'], setCommands),
  'POST /messages': route(SCHEMAS['POST /messages'], sendMessage),
  'PUT /messages': route(SCHEMAS['PUT /messages'], editMessage),
  'DELETE /messages': route(SCHEMAS['DELETE /messages'], deleteMessage),
  'GET /messages': route(SCHEMAS['GET /messages'], listMessages),
  'POST /answers': route(SCHEMAS['POST /answers'], answer),
  'POST /uploads': route(SCHEMAS['POST /uploads'], openUpload),
  'GET /updates': route(SCHEMAS['GET /updates'], getUpdates),
  'GET /subscriptions': route(SCHEMAS['GET /subscriptions'], listSubscriptions),
  'POST /subscriptions': route(SCHEMAS['POST /subscriptions'], subscribe),
  'DELETE /subscriptions': route(SCHEMAS['DELETE /subscriptions'], unsubscribe),
  'POST /chats/{chatId}/actions': route(SCHEMAS['POST /chats/{chatId}/actions'], sendAction),
};

const ACTIONS = /^\/chats\/(-?\d+)\/actions$/;

/** The route of a path, and the chat that it names; null = there is none. */
export function routeOf(
  method: string,
  pathname: string,
): { readonly name: Route; readonly chatId: number | null } | null {
  const chatId = ACTIONS.exec(pathname)?.[1];
  const name = `${method} ${chatId === undefined ? pathname : '/chats/{chatId}/actions'}`;
  return isRoute(name) ? { name, chatId: chatId === undefined ? null : Number(chatId) } : null;
}

const isRoute = (name: string): name is Route => name in ROUTES;
