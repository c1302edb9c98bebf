import { defineEntity, p } from '@mikro-orm/core';
import type { SenderKey } from '../../domain/shared/outbox-message.ts';

const ChatPaceSchema = defineEntity({
  name: 'ChatPace',
  tableName: 'chat_pace',
  properties: {
    sender: p.text().$type<SenderKey>().primary(),
    chatId: p.bigint('string').primary(),
    pausedUntil: p.datetime(),
  },
});
/** Until when the messenger asked a bot to leave one chat alone. */
export class ChatPace extends ChatPaceSchema.class {}
ChatPaceSchema.setClass(ChatPace);
