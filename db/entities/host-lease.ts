import { defineEntity, p } from '@mikro-orm/core';

const HostLeaseSchema = defineEntity({
  name: 'HostLease',
  tableName: 'host_lease',
  properties: {
    /** Host name with port, lower case. */
    host: p.text().primary(),
    /** Of the batch that holds it; a batch that was thought dead holds its own until it expires. */
    token: p.text().primary(),
    /** Batches of one crawl count as one when the host is shared out. */
    crawlId: p.uuid(),
    /** What the crawl's source allows: requests in flight, and ms between two of them. */
    cap: p.integer(),
    delayMs: p.integer(),
    /** Requests that the batch may have in flight; 0 = it waits for its turn. */
    slots: p.integer(),
    /** The delay that the batch obeys since it renewed last, ms. */
    paceMs: p.integer(),
    joinedAt: p.datetime(),
    expiresAt: p.datetime(),
  },
});
/** One batch's share of the requests that a host gets at once. */
export class HostLease extends HostLeaseSchema.class {}
HostLeaseSchema.setClass(HostLease);
