import type { SqlEntityManager } from '@mikro-orm/sql';
import { doubtOf, isSameReading, ownDoubt, type Doubt } from '../../domain/catalog/plausibility.ts';
import type { ProductRecord } from '../../domain/catalog/product-record.ts';
import { isMostlyDoubted } from '../../domain/catalog/quality.ts';
import { isBelieved } from '../../domain/catalog/quarantine.ts';
import { sharedDoubts } from '../../domain/catalog/shared-readings.ts';
import { addEvents } from './events.ts';
import { stepWatches } from './price-watches.ts';
import { writeProducts, type WrittenProduct } from './products.ts';
import { earlierShifts, holdReadings, lockKnown, releaseReadings, type Before } from './quarantine.ts';

/** A product as one page of the source says it is. */
export interface PageReading {
  readonly pageId: number;
  readonly record: ProductRecord;
}

export interface KeepScope {
  readonly sourceId: string;
  /** Of the crawl, or of the replay. */
  readonly runId: string;
  /**
   * `crawl`: just fetched, so it can confirm what was doubted before. `replay`: known pages under new rules; what the
   * rules change is meant to change, so only readings that wait in quarantine are compared with what is stored.
   */
  readonly origin: 'crawl' | 'replay';
  /** Least time between two fetches that count as two, ms. */
  readonly confirmAfterMs: number;
}

/** A reading that was doubted and not written. */
export interface HeldReading extends PageReading {
  readonly doubt: Doubt;
  /** The product is stored: the doubt comes from what it was. */
  readonly isStored: boolean;
}

export interface KeptReadings {
  readonly written: readonly WrittenProduct[];
  readonly held: readonly HeldReading[];
}

/** Writes what is believed, keeps what is doubted, tells who follows the products; all inside the caller's transaction. */
export async function keepReadings(
  em: SqlEntityManager,
  scope: KeepScope,
  readings: readonly PageReading[],
): Promise<KeptReadings> {
  if (readings.length === 0) return { written: [], held: [] };
  const { sourceId, runId, origin } = scope;
  const judged = await doubt(em, scope, await readCandidates(em, sourceId, readings));
  const trust = await readTrust(em, scope, judged);
  const believed = judged.filter((candidate) => isTrue(candidate, scope, trust));
  const doubted = judged.filter((candidate) => !believed.includes(candidate));
  const written = await writeProducts(
    em,
    { sourceId, crawlId: origin === 'crawl' ? runId : null },
    believed.map(({ record }) => record),
  );
  const confirmed = believed.filter(({ held }) => held !== null);
  await releaseReadings(
    em,
    sourceId,
    confirmed.map(({ record }) => record.url),
  );
  if (origin === 'crawl') await hold(em, { sourceId, crawlId: runId }, doubted.flatMap(withDoubt));
  await stepWatches(em, scope, written);
  return { written, held: doubted.flatMap(withDoubt) };
}

interface Candidate extends PageReading, Omit<Before, 'url'> {}
interface Judged extends Candidate {
  readonly doubt: Doubt | null;
}

/** With what is known of their products; of two pages that speak of one product the last one counts. */
async function readCandidates(
  em: SqlEntityManager,
  sourceId: string,
  readings: readonly PageReading[],
): Promise<Candidate[]> {
  const byUrl = new Map(readings.map((reading) => [reading.record.url, reading]));
  const before = await lockKnown(em, sourceId, [...byUrl.keys()]);
  const nothing = { productId: null, known: null, held: null };
  return [...byUrl.values()].map((reading) => ({ ...reading, ...(before.get(reading.record.url) ?? nothing) }));
}

async function doubt(em: SqlEntityManager, scope: KeepScope, candidates: readonly Candidate[]): Promise<Judged[]> {
  const fresh = scope.origin === 'crawl';
  const shared = fresh ? await findShared(em, scope.runId, candidates) : new Map<string, Doubt>();
  return candidates.map((candidate) => {
    const { known, held, record } = candidate;
    const own = fresh || held !== null ? doubtOf(known, record) : ownDoubt(known, record);
    return { ...candidate, doubt: own ?? shared.get(record.url) ?? null };
  });
}

async function findShared(
  em: SqlEntityManager,
  crawlId: string,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, Doubt>> {
  const changes = candidates.flatMap(({ record: reading, known }) => (known === null ? [] : [{ known, reading }]));
  const prices = changes.flatMap(({ known, reading }) => {
    const isShift = known.priceMinor !== null && known.priceMinor !== reading.priceMinor;
    return isShift && reading.priceMinor !== null ? [reading.priceMinor] : [];
  });
  return sharedDoubts(changes, await earlierShifts(em, crawlId, [...new Set(prices)]));
}

interface Trust {
  /** The source's pages are not under suspicion as a whole. */
  readonly calm: boolean;
  /** Nor are those of this crawl so far. */
  readonly clear: boolean;
}

/** A replay fetches nothing, so it confirms nothing; where nothing can be confirmed, nothing is asked. */
async function readTrust(em: SqlEntityManager, scope: KeepScope, judged: readonly Judged[]): Promise<Trust> {
  const { sourceId, runId, origin } = scope;
  const none = { calm: false, clear: false };
  if (origin === 'replay' || !judged.some(({ doubt: is, held }) => is !== null && held !== null)) return none;
  const [row] = await em.execute<{ calm: boolean; pages: number; plausible: number }[]>(
    `select layout_suspect_since is null as calm, quality_pages as pages, plausible
     from source join crawl on crawl.source_id = source.id where source.id = ? and crawl.id = ?`,
    [sourceId, runId],
  );
  return row === undefined ? none : { calm: row.calm, clear: !isMostlyDoubted(row) };
}

function isTrue({ record: reading, doubt: is, held }: Judged, scope: KeepScope, { calm, clear }: Trust): boolean {
  const { runId: crawlId, confirmAfterMs } = scope;
  const mayConfirm = calm && (clear || held?.crawlId !== crawlId);
  return isBelieved({ reading, doubt: is, held }, { crawlId, confirmAfterMs, mayConfirm });
}

const withDoubt = (judged: Judged): (Judged & HeldReading)[] =>
  judged.doubt === null ? [] : [{ ...judged, doubt: judged.doubt, isStored: judged.known !== null }];

async function hold(
  em: SqlEntityManager,
  scope: { readonly sourceId: string; readonly crawlId: string },
  doubted: readonly (Judged & HeldReading)[],
): Promise<void> {
  // What says the same as before waits on under its first crawl, whose age is what confirms it.
  const fresh = doubted.filter(({ record, held }) => held === null || !isSameReading(held.reading, record));
  await holdReadings(
    em,
    scope,
    fresh.map(({ pageId, doubt: is, record }) => ({ pageId, doubt: is, reading: record })),
  );
  await addEvents(
    em,
    fresh.map(({ doubt: is, record, known, productId }) => {
      const { url, title, priceMinor, currency } = record;
      return {
        ...{ kind: 'quarantined' as const, sourceId: scope.sourceId, productId },
        payload: { url, doubt: is, title, priceMinor, currency, stored: known },
        dedupeKey: JSON.stringify(['quarantined', scope.crawlId, url, title, priceMinor, currency]),
      };
    }),
  );
}
