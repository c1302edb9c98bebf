import { defineEntity, p } from '@mikro-orm/core';

const StickerFileSchema = defineEntity({
  name: 'StickerFile',
  tableName: 'sticker_file',
  checks: [{ name: 'sticker_file_size', expression: 'octet_length(bytes) <= 65536' }],
  properties: {
    /** SHA-256 of the bytes, hex. */
    contentHash: p.text().primary(),
    /** A .tgs file, at most 64 kB. */
    bytes: p.blob().lazy(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** An animation as Telegram has it, kept once however many gifts or users show it. */
export class StickerFile extends StickerFileSchema.class {}
StickerFileSchema.setClass(StickerFile);

const StickerAtBotSchema = defineEntity({
  name: 'StickerAtBot',
  tableName: 'sticker_at_bot',
  properties: {
    file: () => p.manyToOne(StickerFile).primary().joinColumn('content_hash').deleteRule('cascade'),
    botId: p.bigint('string').primary(),
    /** Sends it again without its bytes; valid for this bot only. */
    fileId: p.text(),
  },
});
/** A sticker that a bot has sent before. */
export class StickerAtBot extends StickerAtBotSchema.class {}
StickerAtBotSchema.setClass(StickerAtBot);

const StickerFetchSchema = defineEntity({
  name: 'StickerFetch',
  tableName: 'sticker_fetch',
  properties: {
    /** As the datacentre names the animation. */
    stickerId: p.text().primary(),
    /** Nobody fetches it before: it is being fetched, or that failed. */
    dueAt: p.datetime(),
    failures: p.integer().default(0),
  },
});
/** An animation that is not kept yet, and that somebody has tried to fetch. */
export class StickerFetch extends StickerFetchSchema.class {}
StickerFetchSchema.setClass(StickerFetch);
