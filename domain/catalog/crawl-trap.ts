/** Why a URL is taken for a crawler trap. */
export type TrapReason =
  | 'url-too-long'
  | 'path-too-deep'
  | 'too-many-parameters'
  | 'repeated-segments'
  | 'too-many-facets'
  | 'page-number-too-high'
  | 'calendar';

export interface TrapLimits {
  /** Characters of the whole URL. */
  readonly maxLength: number;
  /** Segments of the path. */
  readonly maxDepth: number;
  readonly maxParameters: number;
  /** How often one segment may stand in a path. */
  readonly maxRepeats: number;
  /** Filter and sort parameters together: each one more multiplies the pages and shows no new product. */
  readonly maxFacets: number;
  readonly maxPageNumber: number;
}

export const DEFAULT_TRAP_LIMITS: TrapLimits = {
  maxLength: 2048,
  maxDepth: 12,
  maxParameters: 8,
  maxRepeats: 2,
  maxFacets: 1,
  maxPageNumber: 1000,
};

const FACET =
  /^(?:filters?|facets?|attr(?:ibute)?s?|refine|fq?|pf|pa|feature|prop(?:erty)?)(?:$|[_\-[.])|^(?:sort|sort_?by|order|order_?by|direction|dir|view|per_?page|limit)$|^(?:min|max)_?price$|^price_?(?:min|max|from|to)$/i;
const PAGE = /^(?:page|pg|paged|pagen_\d+|pagenum(?:ber)?|page_?(?:no|num|number))$/i;
const OFFSET = /^(?:offset|start|skip|from_item)$/i;
/** Items on a page, at most, where a page is given by the number of its first item. */
const ITEMS_PER_PAGE = 100;

const wholeNumber = (text: string | undefined): number => (text !== undefined && /^\d+$/.test(text) ? Number(text) : 0);

function highestPageNumber(segments: readonly string[], parameters: URLSearchParams): number {
  const inQuery = Array.from(parameters, ([name, value]) =>
    PAGE.test(name) ? wholeNumber(value) : OFFSET.test(name) ? wholeNumber(value) / ITEMS_PER_PAGE : 0,
  );
  const inPath = segments.map((segment, index) =>
    /^page$/i.test(segment) ? wholeNumber(segments[index + 1]) : wholeNumber(/^page[-_]?(\d+)$/i.exec(segment)?.[1]),
  );
  return Math.max(0, ...inQuery, ...inPath);
}

function mostRepeats(segments: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const segment of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Pages of a calendar never end: a year with a month in the query, or dates below a calendar's path. */
function isCalendar(segments: readonly string[], parameters: URLSearchParams): boolean {
  const names = new Set(Array.from(parameters.keys(), (name) => name.toLowerCase()));
  if (names.has('year') && names.has('month')) return true;
  const calendarAt = segments.findIndex((segment) => /^(?:calendar|kalendar|events?-calendar)$/i.test(segment));
  const dated = (text: string) => /^(?:19|20|21)\d\d(?:-\d\d?(?:-\d\d?)?)?$/.test(text);
  return calendarAt >= 0 && (segments.slice(calendarAt + 1).some(dated) || Array.from(parameters.values()).some(dated));
}

/** Why an absolute URL should not be followed, or null. @throws TypeError for what is no absolute URL */
export function isTrapUrl(url: string, limits: TrapLimits = DEFAULT_TRAP_LIMITS): TrapReason | null {
  if (url.length > limits.maxLength) return 'url-too-long';
  const { pathname, searchParams } = new URL(url);
  const segments = pathname.split('/').filter(Boolean);
  const facets = Array.from(searchParams.keys()).filter((name) => FACET.test(name)).length;
  const checks: readonly (readonly [TrapReason, boolean])[] = [
    ['path-too-deep', segments.length > limits.maxDepth],
    ['repeated-segments', mostRepeats(segments) > limits.maxRepeats],
    ['too-many-parameters', searchParams.size > limits.maxParameters],
    ['too-many-facets', facets > limits.maxFacets],
    ['page-number-too-high', highestPageNumber(segments, searchParams) > limits.maxPageNumber],
    ['calendar', isCalendar(segments, searchParams)],
  ];
  return checks.find(([, caught]) => caught)?.[0] ?? null;
}
