import { defineEntity, p } from '@mikro-orm/core';

const HostBudgetSchema = defineEntity({
  name: 'HostBudget',
  tableName: 'host_budget',
  properties: {
    /** Host name with port, lower case. */
    host: p.text().primary(),
    /** The next request may leave then; reserved ahead by whoever is about to send. */
    nextSlotAt: p.datetime().defaultRaw('now()'),
    /** No request before: Retry-After, or the back-off after a block. */
    blockedUntil: p.datetime().nullable(),
    blockReason: p.text().nullable(),
    /** Blocks in a row, for the exponential back-off. */
    blocks: p.integer().default(0),
    /** robots.txt as last received: HTTP status (0 = unreachable) and text, kept 24 h. */
    robotsStatus: p.integer().nullable(),
    robotsText: p.text().nullable(),
    robotsFetchedAt: p.datetime().nullable(),
  },
});
/** Politeness towards one host, shared by all workers. */
export class HostBudget extends HostBudgetSchema.class {}
HostBudgetSchema.setClass(HostBudget);
