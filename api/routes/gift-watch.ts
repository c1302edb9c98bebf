import type { z } from 'zod';
import type { WatchState } from '../../contracts/stargifts.ts';
import { addAudit } from '../../db/repositories/audit.ts';
import { readWatch } from '../../db/repositories/gift-watch.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { GiftWatchIn, GiftWatchOut } from '../schemas/gift-watch.ts';
import { userRoute } from '../user-route.ts';
import { switchAndSet } from '../watch-switch.ts';

const tag = 'Gift watch';

/** The switch «buy automatically», and the watcher that follows it. */
export const giftWatchRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/gift-watch',
    operationId: 'getGiftWatch',
    tag,
    summary: 'Whether gifts are bought automatically, and how the watcher stands',
    status: 200,
    scope: 'read',
    output: GiftWatchOut,
    handle: async (_input, { user }) => ({ body: await watchOf(deps, user.id) }),
  }),
  userRoute({
    method: 'put',
    path: '/api/gift-watch',
    operationId: 'switchGiftWatch',
    tag,
    summary:
      'Switch buying automatically on or off; on takes a cap or buyWithoutCap in the settings. Off stops before the next purchase',
    status: 200,
    scope: 'settings',
    body: GiftWatchIn,
    output: GiftWatchOut,
    problems: OUTAGES,
    async handle({ body: { on } }, context) {
      await switchAndSet(deps, context, { autobuyOn: on });
      return { body: await watchOf(deps, context.user.id) };
    },
  }),
  holdRoute(deps, 'pause', 'Hold the watcher; drops that run go on'),
  holdRoute(deps, 'resume', 'Let a paused watcher go on'),
];

const holdRoute = (deps: ApiDeps, action: 'pause' | 'resume', summary: string): Route =>
  userRoute({
    method: 'post',
    path: `/api/gift-watch/${action}`,
    operationId: `${action}GiftWatch`,
    ...{ tag, summary },
    status: 202,
    scope: 'settings',
    output: GiftWatchOut,
    problems: ['watch-off', ...OUTAGES],
    async handle(_input, { user, actor }) {
      const { autobuyOn } = await readSettings(deps.em(), user.id);
      if (!autobuyOn) throw new Problem('watch-off', 'switch buying automatically on first');
      const watch = await deps.temporal[`${action}Watch`](user.id);
      await addAudit(deps.em(), actor, { action: `gift-watch.${action}d` });
      return { body: await watchOf(deps, user.id, watch) };
    },
  });

type Watch = z.input<typeof GiftWatchOut>;

/** `known` is what the watcher has just said of itself. */
async function watchOf({ em, temporal }: ApiDeps, userId: string, known?: WatchState | null): Promise<Watch> {
  const { autobuyOn, autobuyOnSince } = await readSettings(em(), userId);
  const row = await readWatch(em(), userId);
  const counts = { lastPollAt: isoOf(row?.lastPollAt), polls: row?.polls ?? 0, gifts: row?.gifts ?? 0 };
  const standing = autobuyOn ? await standingOf(async () => known ?? (await temporal.watchState(userId))) : OFF;
  return { on: autobuyOn, onSince: autobuyOnSince, ...counts, ...standing };
}

type Standing = Pick<Watch, 'state' | 'degradedSince' | 'error'>;
const OFF: Standing = { state: 'off', degradedSince: null, error: null };

/** As the watcher says it; what it cannot say is no failure of the question. */
async function standingOf(ask: () => Promise<WatchState | null>): Promise<Standing> {
  try {
    const watch = await ask();
    if (watch === null) return { ...OFF, state: 'not-running' };
    const { state, degradedSince, error } = watch;
    return { state, degradedSince: isoOf(degradedSince), error };
  } catch (err) {
    if (!(err instanceof Problem)) throw err;
    return { state: 'unknown', degradedSince: null, error: err.code };
  }
}

const isoOf = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();
