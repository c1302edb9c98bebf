import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

interface Logged {
  readonly id: string;
  readonly log: Logger;
}
const requests = new WeakMap<object, Logged>();
const GIVEN_ID = /^[\w-]{8,64}$/;

/** Id and logger of a request; the id is on the answer as X-Request-Id. */
export function requestLog(req: Request): Logged {
  const logged = requests.get(req);
  if (logged === undefined) throw new Error('logRequests is not in front of this route');
  return logged;
}

/** Gives each request an id and a child logger, and writes one line when it is answered or left. */
export const logRequests =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const given = req.get('x-request-id') ?? '';
    const id = GIVEN_ID.test(given) ? given : randomUUID();
    const child = log.child({ requestId: id });
    requests.set(req, { id, log: child });
    res.setHeader('X-Request-Id', id);
    const began = performance.now();
    res.once('close', () => {
      const line = {
        method: req.method,
        path: req.originalUrl.split('?', 1)[0],
        status: res.statusCode,
        ms: Math.round(performance.now() - began),
      };
      if (res.writableFinished) child.info(line, 'request');
      else child.info(line, 'request left by the client');
    });
    next();
  };
