import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';

const tag = 'Operations';
const ANSWER_WITHIN_MS = 1000;

/** Liveness, readiness and metrics. */
export const healthRoutes = (deps: ApiDeps, metrics: Metrics): Route[] => [
  route({
    method: 'get',
    path: '/healthz',
    operationId: 'isAlive',
    tag,
    summary: 'The process answers',
    status: 200,
    access: 'open',
    output: z.object({ status: z.literal('ok') }),
    handle: () => Promise.resolve({ body: { status: 'ok' as const } }),
  }),
  route({
    method: 'get',
    path: '/readyz',
    operationId: 'isReady',
    tag,
    summary: 'Postgres and Temporal answer, each within a second; else 503 that names what is down',
    status: 200,
    access: 'open',
    output: z.object({ status: z.literal('ready') }),
    problems: ['not-ready'],
    async handle(_input, { log }) {
      const checks = {
        Postgres: () => deps.em().execute('select 1'),
        Temporal: () => deps.temporal.ping(),
      };
      const answers = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => {
          const failure = await failureOf(check);
          if (failure !== null) log.warn({ err: failure }, `${name} does not answer`);
          return failure === null ? [] : [name];
        }),
      );
      const down = answers.flat();
      if (down.length > 0) throw new Problem('not-ready', `${down.join(' and ')} does not answer`, { down });
      return { body: { status: 'ready' as const } };
    },
  }),
  route({
    method: 'get',
    path: '/metrics',
    operationId: 'getMetrics',
    tag,
    summary: 'Prometheus metrics',
    status: 200,
    contentType: 'text/plain',
    output: z.string(),
    handle: async () => ({ body: await metrics.registry.metrics() }),
  }),
];

async function failureOf(check: () => Promise<unknown>): Promise<unknown> {
  const giveUp = new AbortController();
  const late = delay(ANSWER_WITHIN_MS, new Error(`no answer within ${ANSWER_WITHIN_MS} ms`), { signal: giveUp.signal });
  try {
    return await Promise.race([check().then(() => null), late]);
  } catch (err) {
    return err;
  } finally {
    late.catch(() => undefined);
    giveUp.abort();
  }
}
