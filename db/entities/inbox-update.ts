import { defineEntity, p } from '@mikro-orm/core';
import type { ChatEvent, ChatPerson } from '../../domain/shared/chat-event.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';

const InboxUpdateSchema = defineEntity({
  name: 'InboxUpdate',
  tableName: 'inbox_update',
  uniques: [{ properties: ['messenger', 'updateKey'] }],
  indexes: [
    {
      name: 'inbox_update_new_index',
      expression: `create index inbox_update_new_index on inbox_update (messenger, chat_id, id) where state = 'new'`,
    },
    { properties: ['receivedAt'] },
  ],
  properties: {
    /** In the order of arrival. */
    id: p.bigint('number').primary().autoincrement(),
    uuid: p.uuid().defaultRaw('gen_random_uuid()'),
    messenger: p.text().$type<MessengerName>(),
    /** The messenger's own name of it. */
    updateKey: p.text(),
    chatId: p.bigint('string'),
    event: p.json<ChatEvent>(),
    person: p.json<ChatPerson>(),
    state: p.text().$type<'new' | 'handled' | 'failed'>().default('new'),
    attempts: p.integer().default(0),
    receivedAt: p.datetime().defaultRaw('now()'),
    handledAt: p.datetime().nullable(),
    /** Why the last attempt came to nothing. */
    error: p.text().nullable(),
  },
});
/** Something a person did in a chat, kept until it is handled, and a while longer so that it is handled once. */
export class InboxUpdate extends InboxUpdateSchema.class {}
InboxUpdateSchema.setClass(InboxUpdate);

const IngressMarkerSchema = defineEntity({
  name: 'IngressMarker',
  tableName: 'ingress_marker',
  properties: {
    messenger: p.text().$type<MessengerName>().primary(),
    /** Updates before it are in the inbox. */
    marker: p.text(),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
});
/** How far a messenger's updates were read. */
export class IngressMarker extends IngressMarkerSchema.class {}
IngressMarkerSchema.setClass(IngressMarker);
