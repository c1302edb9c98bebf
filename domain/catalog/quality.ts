/** What a product page should yield. `plausible` = nothing read from it was doubted. */
export const QUALITY_FIELDS = ['title', 'price', 'image', 'availability', 'plausible'] as const;
export type QualityField = (typeof QUALITY_FIELDS)[number];

/** Product pages that one crawl read anew, and how many of them had each field. */
export interface QualitySample {
  readonly pages: number;
  readonly counts: Readonly<Record<QualityField, number>>;
}

/** Fewer pages than this say nothing about a shop. */
export const MIN_PAGES = 10;
export const isEnough = (pages: number): boolean => pages >= MIN_PAGES;
/** Crawls that the norm is made of, at most. */
export const NORM_CRAWLS = 7;
/** A share may fall by so much, and by two standard deviations of a sample of its size. */
const TOLERANCE = 0.2;

export interface QualityDrop {
  readonly field: QualityField;
  /** 0..1. */
  readonly share: number;
  readonly norm: number;
}

/** Shares of a sample, 0..1; null when it has too few pages. */
export function sharesOf({ pages, counts }: QualitySample): Readonly<Record<QualityField, number>> | null {
  if (!isEnough(pages)) return null;
  const share = (field: QualityField) => counts[field] / pages;
  return {
    title: share('title'),
    price: share('price'),
    image: share('image'),
    availability: share('availability'),
    plausible: share('plausible'),
  };
}

/**
 * Fields of which a crawl found far fewer than the source's own norm, the median of its last good crawls.
 * @param good  good crawls, newest first; those with too few pages and those beyond the seventh do not count
 * @returns empty also when the crawl is too small or there is no norm; see `sharesOf`
 */
export function qualityDrops(sample: QualitySample, good: readonly QualitySample[]): QualityDrop[] {
  const shares = sharesOf(sample);
  const past = good.flatMap((crawl) => sharesOf(crawl) ?? []).slice(0, NORM_CRAWLS);
  if (shares === null || past.length === 0) return [];
  return QUALITY_FIELDS.flatMap((field) => {
    const norm = median(past.map((crawl) => crawl[field]));
    const share = shares[field];
    const noise = 2 * Math.sqrt((norm * (1 - norm)) / sample.pages);
    return norm - share > Math.max(TOLERANCE, noise) ? [{ field, share, norm }] : [];
  });
}

/** Whether so much of a crawl is doubted that the shop's pages, or our rules, are the likely cause. */
export const isMostlyDoubted = ({
  pages,
  plausible,
}: {
  readonly pages: number;
  readonly plausible: number;
}): boolean => pages >= MIN_PAGES && plausible < pages * (1 - TOLERANCE);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
