import { z } from 'zod';
import { readStock } from '../../db/repositories/gift-stock.ts';
import { eventsOfGift, listStarGifts, readStarGift, type StarGiftRow } from '../../db/repositories/star-gifts-read.ts';
import { listTelegramAccounts } from '../../db/repositories/telegram-accounts.ts';
import { sendAnimation } from '../animation.ts';
import type { ApiDeps } from '../deps.ts';
import { eventStream } from '../event-stream.ts';
import { giftEvents } from '../gift-events.ts';
import { giftRefreshLines } from '../gift-refresh-lines.ts';
import type { Metrics } from '../metrics.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { fromCursor, listOf, pageOf } from '../schemas/paging.ts';
import {
  GiftDetailOut,
  giftEventOut,
  GiftFilters,
  GiftNewsOut,
  GiftParams,
  GiftPollOut,
  GiftPosition,
  StarGiftOut,
  starGiftOut,
} from '../schemas/star-gifts.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Star gifts';
const EVENTS_SHOWN = 200;
const POINTS_SHOWN = 2000;

/** Gifts as the user's accounts see them. */
export const starGiftRoutes = (deps: ApiDeps, metrics: Metrics): Route[] => [
  listRoute(deps),
  watchRoute(deps, metrics),
  refreshRoute(deps),
  detailRoute(deps),
  animationRoute(deps),
];

const flag = (text: 'true' | 'false' | undefined): boolean | null => (text === undefined ? null : text === 'true');

const listRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/star-gifts',
    operationId: 'listStarGifts',
    tag,
    summary: 'Gifts that the accounts have seen, sold out ones too',
    status: 200,
    scope: 'read',
    query: GiftFilters,
    output: listOf(StarGiftOut),
    problems: ['invalid-cursor'],
    async handle({ query }, { user }) {
      const { limited, soldOut, upgradable, minPrice = null, maxPrice = null, sort, limit, cursor } = query;
      const after = fromCursor(cursor, GiftPosition);
      const flags = { limited: flag(limited), soldOut: flag(soldOut), upgradable: flag(upgradable) };
      const wanted = { userId: user.id, ...flags, minPrice, maxPrice, sort, limit: limit + 1, after };
      const page = pageOf(await listStarGifts(deps.em(), wanted), limit, ({ position }) => position);
      return { body: { ...page, items: page.items.map(starGiftOut) } };
    },
  });

const watchRoute = (deps: ApiDeps, metrics: Metrics): Route =>
  userRoute({
    method: 'get',
    path: '/api/star-gifts/events',
    operationId: 'watchStarGifts',
    tag,
    summary: '`open`, then a `gift` event for each thing that happens to a gift, with the gift as it is now',
    status: 200,
    scope: 'read',
    contentType: 'text/event-stream',
    output: GiftNewsOut,
    handle: (_input, { user, lastEventId, log }) => {
      const events = (signal: AbortSignal) => giftEvents({ deps, userId: user.id, lastEventId }, signal);
      return Promise.resolve({ stream: metrics.counted(eventStream({ events, closing: deps.closing, log })) });
    },
  });

const refreshRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'post',
    path: '/api/star-gifts/refresh',
    operationId: 'refreshStarGifts',
    tag,
    summary:
      'Look at the list now, through the watcher: a line of JSON when it asks Telegram, one with what came of it',
    status: 200,
    scope: 'buy',
    idempotent: false, // a stream; a look more changes nothing
    contentType: 'application/x-ndjson',
    output: GiftPollOut,
    problems: ['no-account', ...OUTAGES],
    async handle(_input, { user, log }) {
      const accounts = await listTelegramAccounts(deps.em(), user.id);
      if (!accounts.some(({ isSignedIn }) => isSignedIn))
        throw new Problem('no-account', 'sign a Telegram account in first');
      return { stream: giftRefreshLines(deps, user.id, log) };
    },
  });

const detailRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/star-gifts/:id',
    operationId: 'getStarGift',
    tag,
    summary: 'One gift, what happened to it, and its stock over time',
    status: 200,
    scope: 'read',
    params: GiftParams,
    output: GiftDetailOut,
    async handle({ params: { id } }, { user }) {
      const gift = await giftOr404(deps, user.id, id);
      const about = { userId: user.id, giftId: id };
      const events = await eventsOfGift(deps.em(), { ...about, limit: EVENTS_SHOWN });
      const stock = await readStock(deps.em(), { ...about, limit: POINTS_SHOWN });
      return { body: { ...starGiftOut(gift), events: events.map(giftEventOut), stock } };
    },
  });

const animationRoute = (deps: ApiDeps): Route =>
  userRoute({
    method: 'get',
    path: '/api/star-gifts/:id/animation',
    operationId: 'getGiftAnimation',
    tag,
    summary: 'The animation of a gift, for Lottie; `If-None-Match` is answered with 304',
    status: 200,
    scope: 'read',
    params: GiftParams,
    query: z.strictObject({
      v: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'must be a content hash')
        .optional()
        .describe('content hash, as in `animation` of the gift: the answer may be kept for good'),
    }),
    output: z.looseObject({}).meta({ title: 'Lottie' }),
    async handle({ params: { id }, query: { v } }, { user }) {
      const { stickerHash } = await giftOr404(deps, user.id, id);
      if (stickerHash === null) throw new Problem('not-found', 'the animation of this gift is not fetched yet');
      return { stream: sendAnimation(deps, { contentHash: stickerHash, isPinned: v === stickerHash }) };
    },
  });

async function giftOr404({ em }: ApiDeps, userId: string, id: string): Promise<StarGiftRow> {
  const gift = await readStarGift(em(), userId, id);
  if (gift === null) throw new Problem('not-found', 'your accounts have seen no gift with this id');
  return gift;
}
