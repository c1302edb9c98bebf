import { defineEntity, p } from '@mikro-orm/core';
import type { SenderKey } from '../../domain/shared/outbox-message.ts';

const OutboxSenderSchema = defineEntity({
  name: 'OutboxSender',
  tableName: 'outbox_sender',
  properties: {
    sender: p.text().$type<SenderKey>().primary(),
    /** Grows with each process that takes over; an older one that still lives sends nothing any more. */
    fence: p.bigint('number').defaultRaw('0'),
    /** The messenger asked the whole bot to wait. */
    pausedUntil: p.datetime().nullable(),
  },
});
/** A bot whose outbox is being sent, and when it may go on. */
export class OutboxSender extends OutboxSenderSchema.class {}
OutboxSenderSchema.setClass(OutboxSender);
