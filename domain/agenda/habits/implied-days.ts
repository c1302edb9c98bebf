import { monthLength, type DayNumber } from './day-number.ts';
import { goalOn, type HabitGoal, type HabitHistory } from './habit-history.ts';

/** Days that enough dones cover: from `begin` to `end`; `center` is the last of the dones. */
export interface Covered {
  readonly begin: DayNumber;
  readonly center: DayNumber;
  readonly end: DayNumber;
}

/** Days that are covered by a yes/no habit's frequency; of measured and daily habits none. */
export function impliedDays(history: HabitHistory): ReadonlySet<DayNumber> {
  const days = new Set<DayNumber>();
  if (history.kind !== 'yes-no') return days;
  for (const { begin, end } of snapTogether(coveredByGoals(history))) {
    for (let day = begin; day <= end; day += 1) {
      const mark = history.marks.get(day);
      if (mark !== 'done' && mark !== 'skip') days.add(day);
    }
  }
  return days;
}

/** What each goal's own dones cover, newest first. */
function coveredByGoals(history: HabitHistory): Covered[] {
  const dones = [...history.marks].filter(([, mark]) => mark === 'done').map(([day]) => day);
  const byGoal = Map.groupBy(
    dones.sort((left, right) => right - left),
    (day) => goalOn(history, day),
  );
  return [...byGoal].flatMap(([goal, days]) => coveredBy(days, goal));
}

/**
 * What dones cover: each run of `times` dones inside `days` days covers `days` days from the first of them; 30 and 31 mean
 * the month in which it begins. @param dones newest first @returns newest first
 */
export function coveredBy(dones: readonly DayNumber[], { times, days }: Pick<HabitGoal, 'times' | 'days'>): Covered[] {
  if (times >= days) return [];
  return dones.flatMap((center, place) => {
    const begin = dones[place + times - 1];
    if (begin === undefined) return [];
    const length = days === 30 || days === 31 ? monthLength(begin) : days;
    return center - begin < length ? [{ begin, center, end: begin + length - 1 }] : [];
  });
}

/**
 * Walks back in time: where an older stretch runs into the newer one it slides back to end the day before, at most until it
 * ends with its last done. @param stretches newest first @returns newest first
 */
export function snapTogether(stretches: readonly Covered[]): Covered[] {
  const snapped: Covered[] = [];
  for (const stretch of stretches) {
    const newer = snapped.at(-1);
    const overlap = newer === undefined ? -1 : stretch.end - newer.begin;
    const shift = overlap < 0 ? 0 : Math.min(stretch.end - stretch.center, overlap + 1);
    snapped.push({ ...stretch, begin: stretch.begin - shift, end: stretch.end - shift });
  }
  return snapped;
}
