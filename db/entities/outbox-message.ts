import { defineEntity, p } from '@mikro-orm/core';
import type { OutboxKind, OutboxPayload, OutboxState } from '../../domain/shared/outbox-message.ts';
import { AppUser } from './app-user.ts';

const OutboxMessageSchema = defineEntity({
  name: 'OutboxMessage',
  tableName: 'outbox_message',
  uniques: [{ properties: ['user', 'dedupeKey'] }],
  indexes: [{ properties: ['user', 'state', 'chatId', 'id'] }, { properties: ['user', 'triedAt'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    /** Below zero = a group or a channel. */
    chatId: p.bigint('string'),
    kind: p.text().$type<OutboxKind>(),
    dedupeKey: p.text(),
    /** Of an edit: the dedupe key of the message that it changes. */
    edits: p.text().nullable(),
    payload: p.json<OutboxPayload>(),
    state: p.text().$type<OutboxState>().default('pending'),
    attempts: p.integer().default(0),
    /** Not before. */
    dueAt: p.datetime().defaultRaw('now()'),
    /** When the last attempt began or was answered: it counts for the bot's limits. */
    triedAt: p.datetime().nullable(),
    /** At the messenger. */
    messageId: p.integer().nullable(),
    /** Why it is not sent; never holds the bot's token. */
    error: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    sentAt: p.datetime().nullable(),
  },
});
/** One message to one chat, written in one transaction with its cause. */
export class OutboxMessage extends OutboxMessageSchema.class {}
OutboxMessageSchema.setClass(OutboxMessage);
