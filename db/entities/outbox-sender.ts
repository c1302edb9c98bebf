import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const OutboxSenderSchema = defineEntity({
  name: 'OutboxSender',
  tableName: 'outbox_sender',
  properties: {
    user: () => p.oneToOne(AppUser).primary().deleteRule('cascade'),
    /** Grows with each sender that takes over; an older one that still lives sends nothing any more. */
    fence: p.bigint('number').defaultRaw('0'),
    /** The messenger asked the whole bot to wait. */
    pausedUntil: p.datetime().nullable(),
  },
});
/** Who sends a user's outbox now, and when it may go on. */
export class OutboxSender extends OutboxSenderSchema.class {}
OutboxSenderSchema.setClass(OutboxSender);
