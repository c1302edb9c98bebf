import { defineEntity, p } from '@mikro-orm/core';
import type { KnownWord } from '../../domain/recommend/spelling.ts';
import type { FieldLengths } from '../../domain/recommend/text-score.ts';

const LexiconSchema = defineEntity({
  name: 'Lexicon',
  tableName: 'lexicon',
  properties: {
    /** Grows by one with each snapshot; the newest one is used for new vectors. */
    version: p.integer().primary().autoincrement(false),
    documents: p.integer(),
    /** Document frequency of each hash bucket: little-endian 32-bit counts, gzip'd. */
    frequencies: p.blob().lazy(),
    /** Average number of different words in each field of the full-text index. */
    fieldLengths: p.json<FieldLengths>(),
    /** Words of titles, brands and categories as the full-text index spells them, without numbers; most frequent first. */
    vocabulary: p.json<readonly KnownWord[]>().lazy(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** Document frequencies of the catalogue at one moment, for the lexical hash embedder. */
export class Lexicon extends LexiconSchema.class {}
LexiconSchema.setClass(Lexicon);
