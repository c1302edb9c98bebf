import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const ChatPaceSchema = defineEntity({
  name: 'ChatPace',
  tableName: 'chat_pace',
  properties: {
    user: () => p.manyToOne(AppUser).primary().deleteRule('cascade'),
    chatId: p.bigint('string').primary(),
    pausedUntil: p.datetime(),
  },
});
/** Until when the messenger asked a user's bot to leave one chat alone. */
export class ChatPace extends ChatPaceSchema.class {}
ChatPaceSchema.setClass(ChatPace);
