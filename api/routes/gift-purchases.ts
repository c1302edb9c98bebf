import { manualDropId } from '../../client/stargifts.ts';
import { addAudit } from '../../db/repositories/audit.ts';
import { markDropStarted } from '../../db/repositories/drops.ts';
import { readDropSummary } from '../../db/repositories/drops-read.ts';
import { addManualDrop, checkOrder } from '../../db/repositories/manual-orders.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { DropOut } from '../schemas/drops.ts';
import { GiftParams, PurchaseIn } from '../schemas/star-gifts.ts';
import { userRoute, type UserContext } from '../user-route.ts';

/** One gift, bought by hand. */
export const giftPurchaseRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/star-gifts/:id/purchases',
    operationId: 'buyStarGift',
    tag: 'Star gifts',
    summary: 'Buy one copy now, whatever the switch says: a drop of its own. Send an Idempotency-Key',
    status: 202,
    scope: 'buy',
    params: GiftParams,
    body: PurchaseIn,
    output: DropOut,
    problems: [
      ...(['account-not-found', 'account-unusable', 'gift-sold-out', 'auction-only', 'premium-required'] as const),
      ...(['gift-locked', 'price-changed', 'not-enough-stars', 'temporal-unavailable'] as const),
    ],
    async handle({ params: { id: giftId }, body }, context) {
      const dropId = await order(deps, context, { ...body, giftId });
      const drop = await readDropSummary(deps.em(), context.user.id, dropId);
      if (drop === null) throw new Error('a drop that is not there');
      return { body: drop, location: `/api/drops/${dropId}` };
    },
  }),
];

type Order = Parameters<ApiDeps['temporal']['buyNow']>[1];

/** Starts the purchase and notes it at once, so that its address answers before a worker has taken it. */
async function order({ em, temporal }: ApiDeps, { actor, user, newId, keyed }: UserContext, wanted: Order) {
  const key = { userId: user.id, idempotencyKey: newId };
  const dropId = manualDropId(key);
  // A request with the same key was not answered: what it ordered may be bought by now.
  if (keyed && (await readDropSummary(em(), user.id, dropId)) !== null) return dropId;
  await checkOrder(em(), user.id, wanted).catch(sayNoGift);
  await addAudit(em(), actor, { action: 'gift.ordered', details: { dropId, ...wanted } });
  await temporal.buyNow(key, wanted);
  await addManualDrop(em(), { userId: user.id, dropId, order: wanted }).catch(sayNoGift);
  await markDropStarted(em(), dropId);
  return dropId;
}

function sayNoGift(err: unknown): never {
  if (err instanceof DomainError && err.code === 'gift-not-found')
    throw new Problem('not-found', 'your accounts have seen no gift with this id');
  throw err;
}
