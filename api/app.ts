import { fileURLToPath } from 'node:url';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { ApiDeps } from './deps.ts';
import { docsRouter } from './docs.ts';
import { createAdmission } from './admission.ts';
import { addGiftMetrics } from './gift-metrics.ts';
import { limitRate, loopbackNamesOnly, ownPagesOnly } from './guards.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { toOpenApi } from './openapi.ts';
import { nothingHere, problemHandler } from './problem-handler.ts';
import { logRequests } from './request-log.ts';
import { toRouter } from './router.ts';
import { accountRoutes } from './routes/accounts.ts';
import { agendaRoutes } from './routes/agenda.ts';
import { allowWebUi, codecRoutes } from './routes/codec.ts';
import { crawlRoutes } from './routes/crawls.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { productRoutes } from './routes/products.ts';
import { qualityRoutes } from './routes/quality.ts';
import { replayRoutes } from './routes/replays.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { stargiftRoutes } from './routes/stargifts.ts';
import { sourceRoutes } from './routes/sources.ts';
import { watchRoutes } from './routes/watches.ts';
import { webhookRouter } from './webhooks.ts';

export interface AppOptions {
  /** null = none is needed: the API is bound to a loopback address. */
  readonly operatorToken: string | null;
  /** Origins of the Temporal Web UI, e.g. `http://localhost:8233`. */
  readonly webUiOrigins: readonly string[];
  /** Origins besides https from which product photos may be shown. */
  readonly imageOrigins: readonly string[];
  /** Express's `trust proxy`: false, a number of proxies, or their addresses. */
  readonly trustProxy: boolean | number | string;
  /** Requests a minute from one address. */
  readonly requestsPerMinute: number;
}

const WEB_FOLDER = fileURLToPath(new URL('../web', import.meta.url));
const PLAYER = fileURLToPath(import.meta.resolve('lottie-web/build/player/lottie_light.min.js'));
const JSON_LIMIT = '256kb';
/** A history's page of payloads, each up to Temporal's 2 MB. */
const CODEC_LIMIT = '16mb';

/** The whole HTTP surface. Everything it needs comes in; nothing is started here. */
export function createApp(deps: ApiDeps, options: AppOptions, metrics: Metrics = createMetrics()): Express {
  const routes = [
    ...sourceRoutes(deps),
    ...proposalRoutes(deps),
    ...crawlRoutes(deps, metrics),
    ...productRoutes(deps),
    ...watchRoutes(deps),
    ...eventRoutes(deps),
    ...replayRoutes(deps),
    ...qualityRoutes(deps),
    ...accountRoutes(deps),
    ...stargiftRoutes(deps, metrics),
    ...agendaRoutes(deps),
    ...healthRoutes(deps, metrics),
    ...codecRoutes(deps.codec),
  ];
  addGiftMetrics(metrics.registry, deps);
  const openApi = toOpenApi(routes, { secured: options.operatorToken !== null });
  const admit = createAdmission({ em: deps.em, operatorToken: options.operatorToken });
  const app = express()
    .disable('x-powered-by')
    .set('trust proxy', options.trustProxy)
    .use(logRequests(deps.log), metrics.measure, securityHeaders(options.imageOrigins));
  // Messengers know the program by its public name, and prove themselves.
  if (deps.webhooks) app.use(webhookRouter({ ...deps, ...deps.webhooks }));
  if (options.operatorToken === null) app.use(loopbackNamesOnly);
  return app
    .use(['/api', '/codec', '/calendar'], limitRate(options.requestsPerMinute))
    .use('/codec', allowWebUi(options.webUiOrigins), express.json({ limit: CODEC_LIMIT }))
    .use('/api', ownPagesOnly, express.json({ limit: JSON_LIMIT }))
    .get('/openapi.json', (_req, res) => {
      res.json(openApi);
    })
    .use('/docs', docsRouter())
    .use(
      toRouter(routes, {
        em: deps.em,
        admit: async (route, req) => {
          metrics.note(req, route.path);
          return await admit(route, req);
        },
        fingerprint: (text) => deps.secrets.fingerprint(text, 'idempotency_record.request_hash'),
        onReplay: () => {
          metrics.replays.inc();
        },
      }),
    )
    .get('/vendor/lottie.js', playerFile)
    .use(express.static(WEB_FOLDER))
    .use(nothingHere)
    .use(problemHandler);
}

/** Plays the gifts' animations; the light player evaluates no expressions, so it needs no eval. */
const playerFile: RequestHandler = (_req, res) => {
  res.sendFile(PLAYER, { maxAge: '1h' });
};

const securityHeaders = (imageOrigins: readonly string[]) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        // Product photos stay at their shops.
        imgSrc: ["'self'", 'data:', 'https:', ...imageOrigins],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
