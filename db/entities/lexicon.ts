import { defineEntity, p } from '@mikro-orm/core';

const LexiconSchema = defineEntity({
  name: 'Lexicon',
  tableName: 'lexicon',
  properties: {
    /** Grows by one with each snapshot; the newest one is used for new vectors. */
    version: p.integer().primary().autoincrement(false),
    documents: p.integer(),
    /** Document frequency of each hash bucket: little-endian 32-bit counts, gzip'd. */
    frequencies: p.blob().lazy(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** Document frequencies of the catalogue at one moment, for the lexical hash embedder. */
export class Lexicon extends LexiconSchema.class {}
LexiconSchema.setClass(Lexicon);
