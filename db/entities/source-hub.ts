import { defineEntity, p } from '@mikro-orm/core';
import { Source } from './source.ts';

const SourceHubSchema = defineEntity({
  name: 'SourceHub',
  tableName: 'source_hub',
  indexes: [{ properties: ['foundBy', 'proposedAt'] }],
  properties: {
    /** Canonical. It is kept when the proposal is deleted, so that nothing is proposed twice. */
    url: p.text().primary(),
    foundBy: () => p.manyToOne(Source).deleteRule('cascade'),
    /** The page that links to it. */
    foundOn: p.text(),
    foundAt: p.datetime().defaultRaw('now()'),
    /** Null while the day's quota keeps it back; 1970 = some source began there already. */
    proposedAt: p.datetime().nullable(),
    proposedAs: p.uuid().nullable(),
  },
});
/** A catalogue that discovery met outside of its own source. */
export class SourceHub extends SourceHubSchema.class {}
SourceHubSchema.setClass(SourceHub);
