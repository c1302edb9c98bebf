import { defineEntity, p } from '@mikro-orm/core';
import type { PurchaseStatus } from '../../domain/stargifts/purchase.ts';
import type { Consequence } from '../../domain/stargifts/telegram-error.ts';
import { AppUser } from './app-user.ts';
import { DropRun } from './drop-run.ts';
import { CHANGE_NOW, followChanges } from './follow-changes.ts';

const PurchaseSchema = defineEntity({
  name: 'Purchase',
  tableName: 'purchase',
  triggers: [followChanges],
  uniques: [{ properties: ['drop', 'seq'] }],
  indexes: [
    { properties: ['drop', 'accountId', 'state'] },
    { properties: ['accountId', 'state'] },
    { properties: ['user', 'createdAt'] },
    { properties: ['user', 'change'] },
  ],
  properties: {
    id: p.uuid().primary(),
    drop: () => p.manyToOne(DropRun).deleteRule('cascade'),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    /** Of `TelegramAccount`; the purchase outlives it. */
    accountId: p.uuid(),
    /** Place in the plan; an account buys in this order. */
    seq: p.integer(),
    /** Round of planning that it comes from. */
    round: p.integer(),
    giftId: p.bigint('string'),
    target: p.text(),
    priceStars: p.bigint('number'),
    supply: p.bigint('number').nullable(),
    state: p.text().$type<PurchaseStatus>(),
    /** Telegram pays a form at most once. */
    formId: p.bigint('string').nullable(),
    formAt: p.datetime().nullable(),
    /** Of the first sending of any of its forms, and of the end of the last. */
    sentAt: p.datetime().nullable(),
    lastSentAt: p.datetime().nullable(),
    /** How often this form was sent, and how many forms there were. */
    sends: p.integer().default(0),
    forms: p.integer().default(0),
    decidedAt: p.datetime().nullable(),
    /** See `Purchase` of the domain. */
    failure: p.text().$type<Consequence>().nullable(),
    code: p.text().nullable(),
    /** Of the lease under which the row was written last. */
    fence: p.bigint('string').nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    /** Transaction that changed the row last; a trigger sets it. */
    change: p.bigint('number').defaultRaw(CHANGE_NOW),
  },
});
/** One copy to be bought once: its state is committed before each step. */
export class Purchase extends PurchaseSchema.class {}
PurchaseSchema.setClass(Purchase);
