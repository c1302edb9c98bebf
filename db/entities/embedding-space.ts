import { defineEntity, p } from '@mikro-orm/core';
import type { EmbeddingModel, VectorKind } from '../../domain/recommend/vector-space.ts';

const EmbeddingSpaceSchema = defineEntity({
  name: 'EmbeddingSpace',
  tableName: 'embedding_space',
  properties: {
    name: p.text().primary(),
    kind: p.text().$type<VectorKind>(),
    dimensions: p.integer(),
    /** Of a lexical space: the snapshot its words are weighed by. */
    lexiconVersion: p.integer().nullable(),
    /** Of a semantic space. */
    model: p.json<EmbeddingModel>().nullable(),
    /** Mean of a sample of its vectors, a pgvector literal: how near anything is to a query. */
    centroid: p.text().columnType('vector').nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    /** When every product had its vector for the first time; the newest complete space of a kind serves. */
    completedAt: p.datetime().nullable(),
  },
});
/** A set of vectors that may be compared with each other. */
export class EmbeddingSpace extends EmbeddingSpaceSchema.class {}
EmbeddingSpaceSchema.setClass(EmbeddingSpace);
