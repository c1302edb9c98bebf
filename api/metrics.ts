import type { Request, RequestHandler, Response } from 'express';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const LATENCY_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const STREAM = /^(text\/event-stream|application\/x-ndjson)/;
const LABELS = ['method', 'route', 'status'] as const;

/** The API's Prometheus metrics, in a registry of their own. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const matched = new WeakMap<object, string>();
  const latency = new Histogram({
    name: 'giftbuyer_request_latency_seconds',
    help: 'Time to answer a request; streams are not in it',
    labelNames: LABELS,
    buckets: LATENCY_BUCKETS_S,
    registers,
  });
  const requests = new Counter({
    name: 'giftbuyer_requests_total',
    help: 'Requests answered',
    labelNames: LABELS,
    registers,
  });
  const streams = new Gauge({ name: 'gifty_event_streams', help: 'Open streams of events', registers });
  const replays = new Counter({
    name: 'gifty_idempotent_replays_total',
    help: 'Answers given again for an Idempotency-Key',
    registers,
  });

  const measure: RequestHandler = (req, res, next) => {
    const began = performance.now();
    res.once('close', () => {
      // The route's pattern, not the address: addresses are without number.
      const labels = { method: req.method, route: matched.get(req) ?? 'other', status: String(res.statusCode) };
      requests.inc(labels);
      if (!STREAM.test(String(res.getHeader('Content-Type'))))
        latency.observe(labels, (performance.now() - began) / 1000);
    });
    next();
  };
  return {
    registry,
    replays,
    measure,
    /** A stream that counts as open while it is written. */
    counted:
      (stream: (res: Response) => Promise<void>) =>
      async (res: Response): Promise<void> => {
        streams.inc();
        await stream(res).finally(() => {
          streams.dec();
        });
      },
    /** Notes which route a request belongs to. */
    note: (req: Request, route: string): void => {
      matched.set(req, route);
    },
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
