import { defineEntity, p } from '@mikro-orm/core';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { AppUser } from './app-user.ts';

const ChatSchema = defineEntity({
  name: 'Chat',
  tableName: 'chat',
  indexes: [{ properties: ['user'] }],
  properties: {
    messenger: p.text().$type<MessengerName>().primary(),
    chatId: p.bigint('string').primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    personId: p.bigint('string'),
    /** As the messenger shows the person. */
    name: p.text(),
    /** `blocked`: the person closed the chat to the bot; nothing is sent before he writes again. */
    state: p.text().$type<'active' | 'blocked'>().default('active'),
    /** A keyboard in the place of the person's own is shown: it goes with the next message. */
    replyKeyboard: p.boolean().default(false),
    lastSeenAt: p.datetime().defaultRaw('now()'),
  },
});
/** A person's chat with a bot of the program's own. */
export class Chat extends ChatSchema.class {}
ChatSchema.setClass(Chat);
