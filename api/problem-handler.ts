import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { toProblem } from './classify-error.ts';
import { Problem, PROBLEMS, problemBody } from './problems.ts';
import { requestLog } from './request-log.ts';

/** Every error leaves the API as RFC 9457 problem details; the log has the cause, the answer does not. */
// eslint-disable-next-line max-params -- Express knows an error handler by its four parameters
export const problemHandler: ErrorRequestHandler = (err: unknown, req, res, next) => {
  const { id, log } = requestLog(req);
  const problem = toProblem(err);
  const [status] = PROBLEMS[problem.code];
  if (status >= 500) log.error({ err: problem.cause ?? problem, problem: problem.code }, 'request failed');
  else log.debug({ problem: problem.code, detail: problem.message }, 'request refused');
  if (res.headersSent) {
    next(err);
    return;
  }
  sendProblem(res, problem, id);
};

/** Writes the problem as the answer. */
export function sendProblem(res: Response, problem: Problem, requestId: string): void {
  const [status] = PROBLEMS[problem.code];
  res
    .status(status)
    .set({ ...problem.extras.headers, 'Cache-Control': 'no-store' })
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, requestId)));
}

/** The end of the line for addresses that nothing answers. */
export const nothingHere: RequestHandler = (req) => {
  throw new Problem('not-found', `there is nothing at ${req.method} ${req.path}`);
};
