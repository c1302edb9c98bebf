/** Local hours in which crawling is allowed: 22..6 spans midnight, 0..24 is always. */
export interface CrawlWindow {
  /** 0..23, the first hour of the window. */
  readonly fromHour: number;
  /** 0..24, the first hour after it. */
  readonly toHour: number;
  /** IANA name, e.g. `Europe/Moscow`. */
  readonly timeZone: string;
}

const QUARTER_MS = 15 * 60_000;
/** A window opens at least once in two days, whatever a change of clocks does to a day's hours. */
const QUARTERS_AT_MOST = 2 * 24 * 4;

/** The window's hours, 0..23, in the order in which they come. */
export function windowHours({ fromHour, toHour }: Pick<CrawlWindow, 'fromHour' | 'toHour'>): number[] {
  const count = (toHour - fromHour + 24) % 24 || 24;
  return Array.from({ length: count }, (_, n) => (fromHour + n) % 24);
}

/**
 * The hours of the window at which a crawl starts that is wanted every so often: at its first hour, and again inside of it
 * when it is long enough.
 * @param everyHours  1 or more; from 24 on there is one start a day
 */
export function startHours(window: Pick<CrawlWindow, 'fromHour' | 'toHour'>, everyHours: number): number[] {
  return windowHours(window).filter((_, n) => n % everyHours === 0);
}

/**
 * How long until the window opens, ms; 0 = it is open.
 * @param nowMs  epoch ms
 */
export function msUntilOpen(window: CrawlWindow, nowMs: number): number {
  const hours = new Set(windowHours(window));
  const format = new Intl.DateTimeFormat('en', { timeZone: window.timeZone, hour: 'numeric', hourCycle: 'h23' });
  const isOpen = (at: number) => hours.has(Number(format.format(at)));
  if (isOpen(nowMs)) return 0;
  // Time zones differ by whole quarters of an hour, so a local hour begins at one.
  const next = (Math.floor(nowMs / QUARTER_MS) + 1) * QUARTER_MS;
  for (let n = 0; n < QUARTERS_AT_MOST; n += 1) {
    if (isOpen(next + n * QUARTER_MS)) return next + n * QUARTER_MS - nowMs;
  }
  return QUARTERS_AT_MOST * QUARTER_MS;
}
