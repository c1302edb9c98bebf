import { defineEntity, p } from '@mikro-orm/core';
import type { ReplayState } from '../../contracts/replays.ts';
import { Source } from './source.ts';

const ReplaySchema = defineEntity({
  name: 'Replay',
  tableName: 'replay',
  indexes: [{ properties: ['source', 'startedAt'] }],
  properties: {
    id: p.uuid().primary(),
    source: () => p.manyToOne(Source).deleteRule('cascade'),
    state: p.text().$type<ReplayState>(),
    /** The last page that was read; grows in one transaction with what came of it. */
    cursor: p.bigint('number').defaultRaw('0'),
    pages: p.integer().default(0),
    products: p.integer().default(0),
    created: p.integer().default(0),
    changed: p.integer().default(0),
    held: p.integer().default(0),
    error: p.text().nullable(),
    startedAt: p.datetime().defaultRaw('now()'),
    finishedAt: p.datetime().nullable(),
  },
});
/** One reading of all kept pages of a source under the rules of today. */
export class Replay extends ReplaySchema.class {}
ReplaySchema.setClass(Replay);
