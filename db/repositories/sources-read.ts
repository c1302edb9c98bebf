import type { SqlEntityManager } from '@mikro-orm/sql';
import type { SourceState } from '../../contracts/catalog.ts';
import { Source } from '../entities/source.ts';
import { latestCrawls, type CrawlRow } from './crawls-read.ts';

/** A source with what its page shows besides: how many products it has and its newest crawl. */
export interface SourceOverview {
  readonly source: Source;
  /** Products that are not gone. */
  readonly products: number;
  readonly lastCrawl: CrawlRow | null;
}

export interface SourceListQuery {
  readonly state: SourceState | null;
  readonly limit: number;
  /** Name of the last source of the page before. */
  readonly after: string | null;
}

/** Sources by name, at most `limit`. */
export async function listSources(
  em: SqlEntityManager,
  { state, limit, after }: SourceListQuery,
): Promise<SourceOverview[]> {
  const where = { ...(state !== null && { state }), ...(after !== null && { name: { $gt: after } }) };
  return await overviews(em, await em.find(Source, where, { orderBy: { name: 'asc' }, limit }));
}

/** The source with this id, or null. */
export async function readSource(em: SqlEntityManager, sourceId: string): Promise<SourceOverview | null> {
  const [overview] = await overviews(em, await em.find(Source, { id: sourceId }));
  return overview ?? null;
}

/** Id of the source that has this name, or null. */
export async function sourceIdByName(em: SqlEntityManager, name: string): Promise<string | null> {
  const source = await em.findOne(Source, { name }, { fields: ['id'] });
  return source?.id ?? null;
}

async function overviews(em: SqlEntityManager, sources: readonly Source[]): Promise<SourceOverview[]> {
  if (sources.length === 0) return [];
  const ids = sources.map(({ id }) => id);
  const crawls = new Map((await latestCrawls(em, ids)).map((crawl) => [crawl.sourceId, crawl]));
  const counts = await em.execute<{ id: string; products: number }[]>(
    `select source_id as id, count(*)::int as products from product
     where gone_at is null and source_id in (select jsonb_array_elements_text(?::jsonb)::uuid) group by source_id`,
    [JSON.stringify(ids)],
  );
  const products = new Map(counts.map((count) => [count.id, count.products]));
  return sources.map((source) => ({
    source,
    products: products.get(source.id) ?? 0,
    lastCrawl: crawls.get(source.id) ?? null,
  }));
}
