import { defineEntity, p } from '@mikro-orm/core';
import type { SourceState } from '../../contracts/catalog.ts';
import type { SourceConfig } from '../../contracts/source-config.ts';

const SourceSchema = defineEntity({
  name: 'Source',
  tableName: 'source',
  properties: {
    id: p.uuid().primary(),
    name: p.text().unique(),
    config: p.json<SourceConfig>(),
    state: p.text().$type<SourceState>(),
    /** Crawls failed in a row; a success sets it to 0. */
    failures: p.integer().default(0),
    /** Until then scheduled crawls are skipped (back-off after failures). */
    retryAt: p.datetime().nullable(),
    lastError: p.text().nullable(),
    /** What `render: 'auto'` found out, and when; null = nothing yet. */
    rendering: p.text().$type<'static' | 'browser'>().nullable(),
    renderingSince: p.datetime().nullable(),
    /** Since then its crawls find far less than they used to; no doubted reading is confirmed meanwhile. */
    layoutSuspectSince: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
});
/** A shop that is crawled, by configuration. */
export class Source extends SourceSchema.class {}
SourceSchema.setClass(Source);
