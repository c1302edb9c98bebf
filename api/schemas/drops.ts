import { z } from 'zod';
import type { DropPlan } from '../../contracts/stargifts.ts';
import type { DropSummary, PurchaseView } from '../../db/repositories/drops-read.ts';
import type { GiftOutcome } from '../../domain/stargifts/gift-outcome.ts';
import type { DeferredPurchase, GiftSkip } from '../../domain/stargifts/plan-types.ts';
import { listOf } from './paging.ts';

const Time = z.iso.datetime();
export const DropStateIn = z.enum(['planned', 'running', 'waiting', 'stopped', 'done']);
export const DropKindIn = z.enum(['release', 'manual']);
export const PurchaseStateIn = z.enum(['PLANNED', 'FORM', 'SENDING', 'PAID', 'REJECTED', 'UNKNOWN']);

const Report = z.object({
  gifts: z.int(),
  bought: z.int(),
  spentStars: z.number(),
  unknown: z.int().describe('purchases whose outcome nobody could tell yet'),
});

export const DropOut = z
  .object({
    id: z.uuid(),
    kind: DropKindIn.describe('release: what the watcher found; manual: one gift that a person chose'),
    state: DropStateIn.describe('waiting: the rest is locked until runAt, or in doubt'),
    detectedAt: Time,
    stopAt: Time.nullable().describe('since when nothing more is bought'),
    runAt: Time.nullable().describe('when the first deferred purchase is planned afresh'),
    finishedAt: Time.nullable(),
    round: z.int(),
    gifts: z.int(),
    purchases: z
      .object({
        planned: z.int(),
        form: z.int(),
        sending: z.int(),
        paid: z.int(),
        rejected: z.int(),
        unknown: z.int(),
      })
      .describe('by state'),
    spentStars: z.number(),
    openStars: z.number().describe('of purchases that are planned, under way or in doubt'),
    firstFormMs: z.number().nullable().describe('from detection to the first payment form'),
    report: Report.nullable(),
  } satisfies Record<keyof DropSummary, z.ZodType>)
  .meta({ title: 'Drop' });

export const PurchaseOut = z
  .object({
    id: z.uuid(),
    dropId: z.uuid(),
    accountId: z.uuid(),
    seq: z.int().describe('place in the drop, from 1'),
    round: z.int(),
    giftId: z.string(),
    target: z.string(),
    priceStars: z.number(),
    state: PurchaseStateIn,
    code: z.string().nullable().describe("why it was refused, or is in doubt: Telegram's code, or one of ours"),
    formAt: Time.nullable(),
    sentAt: Time.nullable(),
    decidedAt: Time.nullable(),
  } satisfies Record<keyof PurchaseView, z.ZodType>)
  .meta({ title: 'Purchase' });

const SkipOut = z.object({
  giftId: z.string(),
  reason: z.string(),
  nearest: z
    .object({ accountId: z.uuid(), target: z.string(), haveStars: z.number(), needStars: z.number() })
    .nullable()
    .describe('who came nearest to buying'),
} satisfies Record<keyof GiftSkip, z.ZodType>);

/** Copies of one gift by one account for one target. */
const OrderOut = z.object({
  accountId: z.uuid(),
  target: z.string(),
  giftId: z.string(),
  priceStars: z.number(),
  supply: z.number(),
  copies: z.int(),
});
const DeferredOut = OrderOut.extend({ runAt: Time.describe('when the lock of the account ends') });

/** Rows may hold nonsense: numbers that JSON cannot hold are null. */
const PlannedGiftOut = z.object({
  id: z.string(),
  title: z.string().nullable(),
  priceStars: z.number().nullable(),
  isLimited: z.boolean(),
  total: z.number().nullable(),
  remaining: z.number().nullable(),
  requiresPremium: z.boolean(),
  isAuction: z.boolean(),
});

const OutcomeOut = z.object({
  giftId: z.string(),
  outcome: z.enum(['bought', 'failed', 'deferred', 'skipped']),
  copies: z.int().describe('that were paid'),
  refused: z.int().describe('copies that were refused, or are in doubt'),
  codes: z.array(z.string()).describe('why they were refused'),
  reason: z.string().nullable().describe('of a skipped one'),
  runAt: Time.nullable().describe('of a deferred one'),
});

export const DropDetailOut = DropOut.extend({
  plan: z.object({
    gifts: z.array(PlannedGiftOut).describe('as they were seen'),
    accounts: z.array(z.object({ accountId: z.uuid(), balanceStars: z.number() })).describe('with the Stars free then'),
    targets: z.array(z.string()),
    skips: z.array(SkipOut),
    deferred: z.array(DeferredOut),
  }),
  outcomes: z.array(OutcomeOut).describe('what became of each gift: one outcome each'),
  firstPurchases: listOf(PurchaseOut).describe('in the order of the plan; the rest is in the list of purchases'),
  messages: z.array(z.string()).describe('the report as it is sent, HTML of Telegram'),
}).meta({ title: 'DropDetail' });

/** The answer's form of a plan. */
export const planOut = ({ deferred, ...plan }: DropPlan): z.input<typeof DropDetailOut.shape.plan> => ({
  gifts: [...plan.gifts],
  accounts: [...plan.accounts],
  targets: [...plan.targets],
  skips: [...plan.skips],
  deferred: deferredOut(deferred),
});

export const DryRunIn = z
  .strictObject({ dropId: z.uuid().nullable().default(null).describe('a past drop; null: all that is on sale now') })
  .meta({ title: 'DryRunInput', examples: [{ dropId: null }] });

export const DryRunOut = z
  .object({
    dropId: z.uuid().nullable(),
    autobuyOn: z.boolean().describe('false: as long as it is, nothing is bought'),
    copies: z.int(),
    stars: z.number(),
    orders: z.array(OrderOut).describe('in the order in which they would be bought'),
    skips: z.array(SkipOut),
    deferred: z.array(DeferredOut),
    accounts: z.array(z.object({ accountId: z.uuid(), balanceStars: z.number(), spendStars: z.number() })),
  })
  .meta({ title: 'DryRun' });

type Order = Omit<DeferredPurchase, 'runAt'>;

/** Copies that follow each other are one row. */
export function ordersOut<T extends Order>(operations: readonly T[]): (T & { copies: number })[] {
  const orders = Map.groupBy(operations, ({ accountId, target, giftId }) => `${accountId} ${target} ${giftId}`);
  return [...orders.values()].flatMap((copies) => copies.slice(0, 1).map((one) => ({ ...one, copies: copies.length })));
}

/** The answer's form of what waits for locks. */
export const deferredOut = (deferred: readonly DeferredPurchase[]): z.input<typeof DeferredOut>[] =>
  ordersOut(deferred).map((order) => ({ ...order, runAt: new Date(order.runAt).toISOString() }));

/** The answer's form of what became of a gift. */
export function outcomeOut(giftId: string, outcome: GiftOutcome): z.input<typeof OutcomeOut> {
  const refused = outcome.kind === 'bought' || outcome.kind === 'failed' ? outcome.refused : [];
  return {
    giftId,
    outcome: outcome.kind,
    copies: outcome.kind === 'bought' ? outcome.paid.length : 0,
    refused: refused.length,
    codes: [...new Set(refused.flatMap(({ code }) => code ?? []))],
    reason: outcome.kind === 'skipped' ? outcome.reason : null,
    runAt: outcome.kind === 'deferred' ? new Date(outcome.runAt).toISOString() : null,
  };
}

/** Data of an event in the stream. */
export const DropNewsOut = z.union([DropOut, PurchaseOut]);
