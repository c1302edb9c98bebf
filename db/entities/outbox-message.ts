import { defineEntity, p } from '@mikro-orm/core';
import type { OutboxKind, OutboxPayload, OutboxState, SenderKey } from '../../domain/shared/outbox-message.ts';
import { AppUser } from './app-user.ts';

const create = 'create index outbox_message';

const OutboxMessageSchema = defineEntity({
  name: 'OutboxMessage',
  tableName: 'outbox_message',
  uniques: [{ properties: ['user', 'dedupeKey'] }],
  indexes: [
    {
      name: 'outbox_message_queue_index',
      expression: `${create}_queue_index on outbox_message (sender, urgent desc, id) where state = 'pending'`,
    },
    {
      name: 'outbox_message_chat_index',
      expression: `${create}_chat_index on outbox_message (sender, chat_id, urgent desc, id) where state = 'pending'`,
    },
    {
      name: 'outbox_message_sending_index',
      expression: `${create}_sending_index on outbox_message (sender) where state = 'sending'`,
    },
    {
      name: 'outbox_message_edits_index',
      expression: `${create}_edits_index on outbox_message (sender, edits) where state = 'pending' and edits is not null`,
    },
    { properties: ['sender', 'triedAt'] },
    { properties: ['sender', 'createdAt'] },
  ],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    sender: p.text().$type<SenderKey>(),
    /** In Telegram below zero = a group or a channel. */
    chatId: p.bigint('string'),
    kind: p.text().$type<OutboxKind>(),
    dedupeKey: p.text(),
    /** Of an edit: the dedupe key of the message that it changes. */
    edits: p.text().nullable(),
    payload: p.json<OutboxPayload>(),
    state: p.text().$type<OutboxState>().default('pending'),
    /** Goes before the others. */
    urgent: p.boolean().default(false),
    attempts: p.integer().default(0),
    /** Not before. */
    dueAt: p.datetime().defaultRaw('now()'),
    /** When the last attempt began or was answered: it counts for the bot's limits. */
    triedAt: p.datetime().nullable(),
    /** At the messenger. */
    messageId: p.text().nullable(),
    /** Why it is not sent; never holds the bot's token. */
    error: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    sentAt: p.datetime().nullable(),
  },
});
/** One message to one chat, written in one transaction with its cause. */
export class OutboxMessage extends OutboxMessageSchema.class {}
OutboxMessageSchema.setClass(OutboxMessage);
