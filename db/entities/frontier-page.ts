import { defineEntity, p } from '@mikro-orm/core';
import type { PageKind, PageState } from '../../contracts/catalog.ts';
import { Source } from './source.ts';

const FrontierPageSchema = defineEntity({
  name: 'FrontierPage',
  tableName: 'frontier_page',
  uniques: [{ properties: ['source', 'url'] }],
  indexes: [{ properties: ['crawlId', 'state'] }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    source: () => p.manyToOne(Source).deleteRule('cascade'),
    /** Canonical. */
    url: p.text(),
    kind: p.text().$type<PageKind>(),
    /** Links followed from a start URL. */
    depth: p.integer(),
    /** Catalogue pages in a row, up to this one, that led to nothing new: a pagination trap grows it. */
    barren: p.integer().default(0),
    state: p.text().$type<PageState>(),
    /** The crawl that `state` belongs to. */
    crawlId: p.uuid().nullable(),
    /** Token of the batch that is fetching it; fences a batch that was thought dead. */
    claim: p.text().nullable(),
    /** Failed tries in the crawl, and batches that died while they held it. */
    attempts: p.integer().default(0),
    crashes: p.integer().default(0),
    /** Why it failed, was skipped or gave a partial product. */
    reason: p.text().nullable(),
    etag: p.text().nullable(),
    lastModified: p.text().nullable(),
    /** Of the body as received: equal = nothing to extract again, even where the shop sends no validators. */
    bodyHash: p.text().nullable(),
    fetchedAt: p.datetime().nullable(),
    /** Between its last look and the next, hours; see `nextRefreshHours`. null = its product was not read yet. */
    refreshHours: p.double().nullable(),
    /** A scheduled deep crawl opens it from then on; null = now. */
    dueAt: p.datetime().nullable(),
    /** Higher = claimed earlier. */
    priority: p.integer().default(0),
    /** It is opened a second time in this crawl, because what it said is doubted. */
    confirming: p.boolean().default(false),
    /** Not to be claimed before. */
    readyAt: p.datetime().nullable(),
    /** It said in its last visit that it is gone; counted when the crawl ends. */
    saysGone: p.boolean().default(false),
  },
});
/** One canonical URL of a source: the frontier, the seen-set and the validators of its last answer. */
export class FrontierPage extends FrontierPageSchema.class {}
FrontierPageSchema.setClass(FrontierPage);
