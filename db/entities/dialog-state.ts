import { defineEntity, p } from '@mikro-orm/core';

const DialogStateSchema = defineEntity({
  name: 'DialogState',
  tableName: 'dialog_state',
  properties: {
    messenger: p.text().$type<'telegram' | 'max'>().primary(),
    chatId: p.bigint('string').primary(),
    /** Name of what the bot waits for; null = nothing. */
    awaiting: p.text().nullable(),
    data: p.json<Readonly<Record<string, unknown>>>(),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
});
/** Where the dialog stands in one chat. */
export class DialogState extends DialogStateSchema.class {}
DialogStateSchema.setClass(DialogState);
