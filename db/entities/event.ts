import { defineEntity, p } from '@mikro-orm/core';
import type { EventKind, EventPayload } from '../../contracts/events.ts';
import { Product } from './product.ts';
import { Source } from './source.ts';

const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'event',
  indexes: [{ properties: ['source', 'id'] }, { properties: ['kind', 'id'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    kind: p.text().$type<EventKind>(),
    source: () => p.manyToOne(Source).deleteRule('cascade'),
    product: () => p.manyToOne(Product).nullable().deleteRule('cascade'),
    payload: p.json<EventPayload>(),
    /** What happened, so that it is told once. */
    dedupeKey: p.text().unique(),
    /** A page that shows it, as `RawPage.body`. */
    sample: p.blob().nullable().lazy(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** Something that somebody may want to be told, written in one transaction with its cause. */
export class Event extends EventSchema.class {}
EventSchema.setClass(Event);
