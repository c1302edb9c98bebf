import { z } from 'zod';
import { listQuality, type CrawlQuality } from '../../db/repositories/quality.ts';
import { readSource } from '../../db/repositories/sources-read.ts';
import type { QualityField } from '../../domain/catalog/quality.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { IdParams } from '../schemas/paging.ts';

const Share = z.number().min(0).max(1);
const QualityOut = z
  .object({
    items: z.array(
      z.object({
        crawlId: z.uuid(),
        startedAt: z.iso.datetime(),
        layoutChanged: z.boolean().describe('far below what the crawls before found: not part of the norm'),
        pages: z.int().describe('product pages read anew'),
        shares: z.object({
          ...{ title: Share, price: Share, image: Share, availability: Share },
          plausible: Share.describe('pages that said nothing which was doubted'),
        } satisfies Record<QualityField, z.ZodType>),
      }),
    ),
  })
  .meta({ title: 'Quality' });

/** How much the crawls of a source find. */
export const qualityRoutes = ({ em }: ApiDeps): Route[] => [
  route({
    method: 'get',
    path: '/api/sources/:id/quality',
    operationId: 'getQuality',
    tag: 'Sources',
    summary: 'Which share of product pages had each field, for the last crawls, newest first',
    status: 200,
    params: IdParams,
    query: z.strictObject({
      limit: z.coerce.number<string>().int().min(1).max(100).default(30).describe('crawls in the answer at most'),
    }),
    output: QualityOut,
    async handle({ params: { id }, query: { limit } }) {
      if ((await readSource(em(), id)) === null) throw new Problem('not-found', 'there is no source with this id');
      const crawls = await listQuality(em(), { sourceId: id, limit });
      return { body: { items: crawls.map(toItem) } };
    },
  }),
];

function toItem({ crawlId, startedAt, layoutChanged, sample: { pages, counts } }: CrawlQuality) {
  const share = (field: QualityField) => counts[field] / pages;
  const shares = {
    ...{ title: share('title'), price: share('price'), image: share('image'), availability: share('availability') },
    plausible: share('plausible'),
  };
  return { crawlId, startedAt, layoutChanged, pages, shares };
}
