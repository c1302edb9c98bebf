/** How often a page is looked at, hours: never more and never less than this, and a new one in between. */
export const REFRESH = { leastHours: 1, mostHours: 14 * 24, startHours: 24 } as const;
const WHEN_CHANGED = 0.5;
const WHEN_NOT = 1.5;

/**
 * Hours until a page is looked at again: half of the last time when its product changed, half as much more when not.
 * @param lastHours  null = it was not looked at before
 */
export function nextRefreshHours(lastHours: number | null, changed: boolean): number {
  if (lastHours === null) return REFRESH.startHours;
  const hours = lastHours * (changed ? WHEN_CHANGED : WHEN_NOT);
  return Math.min(REFRESH.mostHours, Math.max(REFRESH.leastHours, hours));
}

/** A page that is due before the middle of the time to the next crawl is opened now, rather than too late. */
export const dueAheadHours = (everyHours: number): number => everyHours / 2;
