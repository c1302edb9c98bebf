import type { SqlEntityManager } from '@mikro-orm/sql';
import {
  isEnough,
  NORM_CRAWLS,
  qualityDrops,
  type QualityDrop,
  type QualitySample,
} from '../../domain/catalog/quality.ts';
import { addEvents, attachSample } from './events.ts';

interface SampleRow {
  readonly pages: number;
  readonly title: number;
  readonly price: number;
  readonly image: number;
  readonly availability: number;
  readonly plausible: number;
}

const SAMPLE = `quality_pages as pages, with_title as title, with_price as price, with_image as image,
  with_availability as availability, plausible`;
const toSample = ({ pages, ...counts }: SampleRow): QualitySample => ({ pages, counts });

/** After so many crawls below a norm, that is what the shop looks like now. */
const FORGET_AFTER = 2 * NORM_CRAWLS;

/** One crawl's sample; `startedAt` is ISO 8601, UTC. */
export interface CrawlQuality {
  readonly crawlId: string;
  readonly startedAt: string;
  readonly layoutChanged: boolean;
  readonly sample: QualitySample;
}

/** Samples of the source's completed crawls that read product pages anew, newest first, at most `limit`. */
export async function listQuality(
  em: SqlEntityManager,
  { sourceId, limit }: { readonly sourceId: string; readonly limit: number },
): Promise<CrawlQuality[]> {
  const rows = await em.execute<(SampleRow & Omit<CrawlQuality, 'sample'>)[]>(
    `select id as "crawlId", layout_changed as "layoutChanged", ${SAMPLE},
       to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startedAt"
     from crawl where source_id = ? and state = 'completed' and quality_pages > 0
     order by started_at desc, id desc limit ?`,
    [sourceId, limit],
  );
  return rows.map(({ crawlId, startedAt, layoutChanged, ...row }) => ({
    ...{ crawlId, startedAt, layoutChanged },
    sample: toSample(row),
  }));
}

/** Samples by which a crawl is judged: the good ones among the source's last crawls, newest first. */
export const goodSamples = (crawls: readonly CrawlQuality[]): QualitySample[] =>
  crawls.flatMap(({ layoutChanged, sample }) => (layoutChanged ? [] : [sample]));

/**
 * Compares a crawl that has ended with the source's norm, inside the transaction that ends it. The first crawl below
 * it raises one event with a page that shows it; the first good one lifts the suspicion.
 * @returns true when nothing this crawl says about missing products may be believed
 */
export async function judgeQuality(
  em: SqlEntityManager,
  { sourceId, crawlId }: { readonly sourceId: string; readonly crawlId: string },
): Promise<boolean> {
  const [row] = await em.execute<SampleRow[]>(`select ${SAMPLE} from crawl where id = ?`, [crawlId]);
  if (row === undefined) return false;
  const past = (await listQuality(em, { sourceId, limit: FORGET_AFTER + 1 })).filter(
    (crawl) => crawl.crawlId !== crawlId,
  );
  const drops = qualityDrops(toSample(row), goodSamples(past));
  if (drops.length > 0) {
    await em.execute('update crawl set layout_changed = true where id = ?', [crawlId]);
    await suspect(em, { sourceId, crawlId }, drops);
    return true;
  }
  if (isEnough(row.pages)) await em.execute('update source set layout_suspect_since = null where id = ?', [sourceId]);
  return false;
}

async function suspect(
  em: SqlEntityManager,
  { sourceId, crawlId }: { readonly sourceId: string; readonly crawlId: string },
  drops: readonly QualityDrop[],
): Promise<void> {
  const begun = await em.execute<object[]>(
    'update source set layout_suspect_since = now() where id = ? and layout_suspect_since is null returning id',
    [sourceId],
  );
  if (begun.length === 0) return;
  const sample = await samplePage(em, crawlId);
  const payload = { crawlId, drops, sampleUrl: sample?.url ?? null };
  const [eventId] = await addEvents(em, [
    { kind: 'layout-changed', sourceId, productId: null, payload, dedupeKey: `layout-changed:${crawlId}` },
  ]);
  if (eventId !== undefined && sample !== null) await attachSample(em, eventId, sample.id);
}

/** A product page of the crawl that yields less than it should; one that was kept, if there is one. */
async function samplePage(em: SqlEntityManager, crawlId: string): Promise<{ id: number; url: string } | null> {
  const [row] = await em.execute<{ id: number; url: string }[]>(
    `select page.id::float8 as id, page.url from frontier_page as page left join raw_page on raw_page.page_id = page.id
     where page.crawl_id = ? and page.kind in ('product', 'api') and page.state = 'done' and page.reason is not null
     order by raw_page.page_id is null, page.fetched_at desc, page.id limit 1`,
    [crawlId],
  );
  return row ?? null;
}
