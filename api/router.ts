import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { z } from 'zod';
import { answerOnce, idempotencyKey, newIdFor, requestText } from './idempotency.ts';
import { Problem } from './problems.ts';
import { readInput } from './read-input.ts';
import { requestLog } from './request-log.ts';
import type { Answer, CurrentUser, Input, RequestContext, Route } from './route.ts';
import { sessionHashOf, setSessionCookie } from './session-cookie.ts';

const LONGEST_AGENT = 300;
/** Of a body that is no JSON. */
const BYTES_LIMIT = '10mb';

interface RouterDeps {
  /** A fresh entity manager for one request. */
  readonly em: () => SqlEntityManager;
  /** Called before anything else is done for the route; the person who asks, where it is one. @throws Problem unauthorized, forbidden */
  readonly admit: (route: Route, req: Request) => Promise<CurrentUser | null>;
  /** Keyed: what a person typed must not be guessed from its hash. */
  readonly fingerprint: (text: string) => string;
  /** Called for each answer that was replayed. */
  readonly onReplay: () => void;
}

/** All routes as one Express router; a known address with another method is 405. */
export function toRouter(routes: readonly Route[], deps: RouterDeps): Router {
  const router = Router();
  const byPath = [...Map.groupBy(routes, ({ path }) => path)].toSorted(([a], [b]) =>
    sortKey(a) < sortKey(b) ? -1 : 1,
  );
  for (const [path, sharing] of byPath) {
    for (const route of sharing) {
      router[route.method](path, ...bodyReaders(route), async (req, res) => {
        await serve(route, deps, { req, res });
      });
    }
    const allowed = allowedMethods(sharing);
    router.all(path, () => {
      throw new Problem('method-not-allowed', `this address takes ${allowed}`, { headers: { Allow: allowed } });
    });
  }
  return router;
}

/** JSON is read for all routes alike. */
const bodyReaders = ({ takes }: Route): RequestHandler[] =>
  takes === 'application/json' ? [] : [express.raw({ type: takes, limit: BYTES_LIMIT })];

/** `/api/drops/events` goes before `/api/drops/:id`, which would take it for an id. */
const sortKey = (path: string): string => path.replaceAll(/:\w+/g, '\uffff');

function allowedMethods(routes: readonly Route[]): string {
  const methods = routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
  return [...new Set(methods)].join(', ');
}

interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

async function serve(route: Route, deps: RouterDeps, { req, res }: Exchange): Promise<void> {
  const user = await deps.admit(route, req);
  const input = readInput(route, req);
  const key = route.idempotent ? idempotencyKey(req) : null;
  const context = contextOf(req, key, user);
  if (key === null) {
    const answer = await route.handle(input, context);
    if ('stream' in answer) await answer.stream(res);
    else {
      if (answer.session !== undefined) setSessionCookie({ req, res }, answer.session);
      send(route, res, { body: checked(route, answer.body), location: answer.location });
    }
    return;
  }
  const { body, replayed } = await answerOnce(
    {
      em: deps.em(),
      request: { key, route: routeOf(req, user), requestHash: deps.fingerprint(requestText(input)) },
      log: context.log,
    },
    async () => ({ status: route.status, body: await storable(route, input, context) }),
  );
  if (replayed) {
    deps.onReplay();
    res.setHeader('Idempotency-Replayed', 'true');
  }
  send(route, res, Stored.parse(body));
}

/** How an answer lies in the idempotency record. */
const Stored = z.object({ body: z.unknown(), location: z.string().optional() });

async function storable(route: Route, input: Input<unknown, unknown, unknown>, context: RequestContext) {
  const answer: Answer<unknown> = await route.handle(input, context);
  if ('stream' in answer || answer.session !== undefined)
    throw new Error(`${route.operationId}: a stream or a session cannot be kept for an idempotency key`);
  return { body: checked(route, answer.body), location: answer.location };
}

/** What leaves is what the schema says, no more. */
const checked = (route: Route, body: unknown): unknown => (route.output === null ? null : route.output.parse(body));

function send(route: Route, res: Response, answer: z.output<typeof Stored>): void {
  res.status(route.status).setHeader('Cache-Control', 'no-store');
  if (answer.location !== undefined) res.location(answer.location);
  if (route.output === null) res.end();
  else if (typeof answer.body === 'string') res.type(route.contentType).send(answer.body);
  else res.json(answer.body);
}

/** `POST /api/sources/7/pause`: the same key at another address, or of another person, is another request. */
const routeOf = (req: Request, user: CurrentUser | null): string =>
  `${req.method} ${req.path}${user === null ? '' : ` ${user.id}`}`;

function contextOf(req: Request, key: string | null, user: CurrentUser | null): RequestContext {
  const { id, log } = requestLog(req);
  return {
    log,
    requestId: id,
    newId: newIdFor(key, routeOf(req, user)),
    keyed: key !== null,
    lastEventId: req.get('last-event-id') ?? null,
    user,
    ip: req.ip ?? '',
    agent: (req.get('user-agent') ?? '').slice(0, LONGEST_AGENT),
    sessionHash: sessionHashOf(req),
  };
}
