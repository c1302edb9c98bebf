import { z } from 'zod';
import { addAudit } from '../../db/repositories/audit.ts';
import {
  listDrops,
  listPurchases,
  readDropSummary,
  reportedPurchases,
  type DropSummary,
} from '../../db/repositories/drops-read.ts';
import { readDrop, stopDropRow } from '../../db/repositories/drops.ts';
import { dryRun } from '../../db/repositories/dry-run.ts';
import { giftOutcomes } from '../../domain/stargifts/gift-outcome.ts';
import type { ApiDeps } from '../deps.ts';
import { dropEvents } from '../drop-events.ts';
import { eventStream } from '../event-stream.ts';
import type { Metrics } from '../metrics.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import {
  deferredOut,
  DropDetailOut,
  DropKindIn,
  DropNewsOut,
  DropOut,
  DropStateIn,
  DryRunIn,
  DryRunOut,
  ordersOut,
  outcomeOut,
  planOut,
  PurchaseOut,
  PurchaseStateIn,
} from '../schemas/drops.ts';
import { fromCursor, Id, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Drops';
const FIRST_PURCHASES = 200;

/** What was found, planned and bought. */
export const dropRoutes = (deps: ApiDeps, metrics: Metrics): Route[] => [
  listRoute(deps),
  watchRoute(deps, metrics),
  dryRunRoute(deps),
  detailRoute(deps),
  purchasesRoute(deps),
  stopRoute(deps),
];

const listRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/drops',
    operationId: 'listDrops',
    tag,
    summary: 'Drops, newest first',
    status: 200,
    scope: 'read',
    query: z.strictObject({ kind: DropKindIn.optional(), state: DropStateIn.optional(), ...paging(100, 20) }),
    output: listOf(DropOut),
    problems: ['invalid-cursor'],
    async handle({ query: { kind = null, state = null, limit, cursor } }, { user }) {
      const after = fromCursor(cursor, Id);
      const rows = await listDrops(deps.em(), { userId: user.id, kind, state, limit: limit + 1, after });
      return { body: pageOf(rows, limit, ({ id }) => id) };
    },
  });

const watchRoute = (deps: ApiDeps, metrics: Metrics): Route =>
  userRoute({
    method: 'get',
    path: '/api/drops/events',
    operationId: 'watchDrops',
    tag,
    summary: '`open`, then `purchase` and `drop` events: each one that changed, as it is now',
    status: 200,
    scope: 'read',
    contentType: 'text/event-stream',
    output: DropNewsOut,
    handle: (_input, { user, lastEventId, log }) => {
      const events = (signal: AbortSignal) => dropEvents({ deps, userId: user.id, lastEventId }, signal);
      return Promise.resolve({ stream: metrics.counted(eventStream({ events, closing: deps.closing, log })) });
    },
  });

const dryRunRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'post',
    path: '/api/drops/dry-run',
    operationId: 'dryRunDrop',
    tag,
    summary: 'What would be bought: of all that is on sale now, or of a past drop by the settings of now. Nothing is',
    status: 200,
    scope: 'read',
    idempotent: false, // changes nothing
    body: DryRunIn,
    output: DryRunOut,
    problems: ['not-found'],
    async handle({ body: { dropId } }, { user }) {
      const run = await dryRun(deps.em(), user.id, dropId);
      if (run === null) throw noDrop();
      const { operations, deferred, skips, autobuyOn, input } = run;
      const stars = Map.groupBy(operations, ({ accountId }) => accountId);
      const sumOf = (rows: typeof operations = []) => rows.reduce((sum, { priceStars }) => sum + priceStars, 0);
      const accounts = input.accounts.map(({ id, balanceStars }) => ({
        ...{ accountId: id, balanceStars, spendStars: sumOf(stars.get(id)) },
      }));
      const totals = { copies: operations.length, stars: sumOf(operations) };
      const plan = { orders: ordersOut(operations), skips: [...skips], deferred: deferredOut(deferred) };
      return { body: { dropId, autobuyOn, ...totals, ...plan, accounts } };
    },
  });

const detailRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/drops/:id',
    operationId: 'getDrop',
    tag,
    summary: 'One drop: its plan, what is skipped and why, what became of each gift, purchases and report',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: DropDetailOut,
    async handle({ params: { id } }, { user }) {
      const summary = await dropOr404(deps, user.id, id);
      const row = await readDrop(deps.em(), user.id, id);
      if (row === null) throw noDrop();
      const outcomes = giftOutcomes({ ...row.plan, purchases: await reportedPurchases(deps.em(), id) });
      const wanted = { userId: user.id, dropId: id, state: null, limit: FIRST_PURCHASES + 1, after: null };
      const rows = await listPurchases(deps.em(), wanted);
      return {
        body: {
          ...summary,
          plan: planOut(row.plan),
          outcomes: [...outcomes].map(([giftId, outcome]) => outcomeOut(giftId, outcome)),
          firstPurchases: pageOf(rows, FIRST_PURCHASES, ({ seq }) => seq),
          messages: [...(row.report?.messages ?? [])],
        },
      };
    },
  });

const purchasesRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/drops/:id/purchases',
    operationId: 'listPurchases',
    tag,
    summary: 'Purchases of a drop in the order of its plan',
    status: 200,
    scope: 'read',
    params: IdParams,
    query: z.strictObject({ state: PurchaseStateIn.optional(), ...paging(500, 100) }),
    output: listOf(PurchaseOut),
    problems: ['invalid-cursor'],
    async handle({ params: { id }, query: { state = null, limit, cursor } }, { user }) {
      await dropOr404(deps, user.id, id);
      const after = fromCursor(cursor, z.int32());
      const rows = await listPurchases(deps.em(), { userId: user.id, dropId: id, state, limit: limit + 1, after });
      return { body: pageOf(rows, limit, ({ seq }) => seq) };
    },
  });

const stopRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'post',
    path: '/api/drops/:id/stop',
    operationId: 'stopDrop',
    tag,
    summary: 'Buy nothing more in this drop; what is under way is settled. One that has ended stays as it is',
    status: 202,
    scope: 'buy',
    params: IdParams,
    output: DropOut,
    problems: ['temporal-unavailable'],
    async handle({ params: { id } }, { user, actor }) {
      const { finishedAt } = await dropOr404(deps, user.id, id);
      if (finishedAt === null) {
        await stopDropRow(deps.em(), user.id, id);
        await addAudit(deps.em(), actor, { action: 'drop.stopped', details: { dropId: id } });
        await deps.temporal.stopDrop(user.id, id);
      }
      return { body: await dropOr404(deps, user.id, id) };
    },
  });

const noDrop = () => new Problem('not-found', 'there is no drop with this id');

async function dropOr404({ em }: ApiDeps, userId: string, id: string): Promise<DropSummary> {
  const drop = await readDropSummary(em(), userId, id);
  if (drop === null) throw noDrop();
  return drop;
}
