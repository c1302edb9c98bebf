import { defineEntity, p } from '@mikro-orm/core';
import { FrontierPage } from './frontier-page.ts';
import { Source } from './source.ts';

const RawPageSchema = defineEntity({
  name: 'RawPage',
  tableName: 'raw_page',
  indexes: [{ properties: ['source', 'page'] }],
  properties: {
    page: () => p.manyToOne(FrontierPage).primary().deleteRule('cascade'),
    source: () => p.manyToOne(Source).deleteRule('cascade'),
    /** After redirects. */
    url: p.text(),
    contentType: p.text().nullable(),
    /** Of the body; tells whether a page was read again meanwhile. */
    hash: p.text(),
    /** As received and inflated, then zstd. */
    body: p.blob().lazy(),
    /** Of `body`, bytes. */
    size: p.integer(),
    storedAt: p.datetime().defaultRaw('now()'),
  },
});
/** The last answer of a product page, kept for a time so that changed rules can read it again. */
export class RawPage extends RawPageSchema.class {}
RawPageSchema.setClass(RawPage);
