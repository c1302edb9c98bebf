import { defineEntity, p } from '@mikro-orm/core';

const MessageFileSchema = defineEntity({
  name: 'MessageFile',
  tableName: 'message_file',
  properties: {
    /** SHA-256 of the bytes, hex. */
    contentHash: p.text().primary(),
    bytes: p.blob().lazy(),
    /** Since it was last wanted: it is kept for some days after that. */
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** A picture or a file that messages carry. */
export class MessageFile extends MessageFileSchema.class {}
MessageFileSchema.setClass(MessageFile);
