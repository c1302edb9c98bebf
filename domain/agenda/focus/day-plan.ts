/** A task as the day's plan sees it; dates are `YYYY-MM-DD`, times `HH:MM`, of the user's zone. */
export interface DayTask {
  readonly id: string;
  readonly title: string;
  /** 1 = first … 4 = last; null = not said. */
  readonly priority: number | null;
  readonly dueDate: string | null;
  readonly dueTime: string | null;
}

/** Time that is taken, in minutes of the day, 0–1440. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface DayInput<T extends DayTask = DayTask> {
  /** Open tasks. */
  readonly tasks: readonly T[];
  readonly busy: readonly Span[];
  /** Working hours; null = none are said. */
  readonly work: Span | null;
  readonly date: string;
  /** Minute of the day. */
  readonly nowMinute: number;
}

export interface DayPlan<T extends DayTask = DayTask> {
  /** The oldest first. */
  readonly overdue: readonly T[];
  /** By time, then by priority; tasks with no time come last. */
  readonly due: readonly T[];
  /** What to do besides, at most `TOP_TASKS`: no date or a later one, by priority. */
  readonly top: readonly T[];
  /** What is left of the working hours, at least `SHORTEST_SLOT_MINUTES` each. */
  readonly slots: readonly Span[];
}

export const TOP_TASKS = 3;
export const SHORTEST_SLOT_MINUTES = 15;
const LAST_PRIORITY = 5;

/** Sorts a day: what is late, what is due, what matters most besides, and when there is time for it. */
export function planDay<T extends DayTask>({ tasks, ...day }: DayInput<T>): DayPlan<T> {
  const { date, nowMinute } = day;
  const isOverdue = ({ dueDate, dueTime }: T): boolean =>
    dueDate !== null && (dueDate < date || (dueDate === date && dueTime !== null && minuteOf(dueTime) < nowMinute));
  const isDue = (task: T): boolean => task.dueDate === date && !isOverdue(task);
  const isLater = ({ dueDate }: T): boolean => dueDate === null || dueDate > date;
  return {
    overdue: tasks.filter(isOverdue).toSorted(byDue),
    due: tasks.filter(isDue).toSorted(byDue),
    top: tasks
      .filter((task) => isLater(task) && task.priority !== null)
      .toSorted(byPriority)
      .slice(0, TOP_TASKS),
    slots: freeSlots(day),
  };
}

/** `HH:MM` as minutes of the day. */
export function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Minutes of the day as `HH:MM`; 1440 = `24:00`. */
export const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const dueKey = ({ dueDate, dueTime }: DayTask): string => `${dueDate ?? '9999'} ${dueTime ?? '99:99'}`;
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const byPriority = (left: DayTask, right: DayTask): number =>
  (left.priority ?? LAST_PRIORITY) - (right.priority ?? LAST_PRIORITY) || compare(dueKey(left), dueKey(right));
const byDue = (left: DayTask, right: DayTask): number =>
  compare(dueKey(left), dueKey(right)) || byPriority(left, right);

function freeSlots({ busy, work, nowMinute }: Omit<DayInput, 'tasks'>): Span[] {
  if (work === null) return [];
  const slots: Span[] = [];
  let from = Math.max(work.from, nowMinute);
  for (const span of busy.toSorted((left, right) => left.from - right.from)) {
    if (span.from - from >= SHORTEST_SLOT_MINUTES) slots.push({ from, to: Math.min(span.from, work.to) });
    from = Math.max(from, span.to);
  }
  if (work.to - from >= SHORTEST_SLOT_MINUTES) slots.push({ from, to: work.to });
  return slots.filter((slot) => slot.to - slot.from >= SHORTEST_SLOT_MINUTES);
}
