import { addDays, dateOf, daysBetween, instantOf, wallTimeAt, weekdayOf, type WallDate } from '../zoned-time.ts';

/** What a person wants to reach. */
export interface GoalDefinition {
  readonly title: string;
  /** Why it matters, in the person's words. */
  readonly why: string;
  /** What is counted, e.g. `km`; null = percent. */
  readonly unit: string | null;
  readonly target: number;
  readonly dueDate: WallDate | null;
  /** 1 = Monday … 7 = Sunday, and `HH:MM` of the user's zone: when the weekly question comes; null = never. */
  readonly checkInOn: number | null;
  readonly checkInAt: string;
}

export type GoalState = 'active' | 'reached' | 'dropped';

/** A step on the way. */
export interface Milestone {
  readonly id: string;
  readonly title: string;
  /** ISO 8601, UTC; null = still to do. */
  readonly doneAt: string | null;
}

/** One answer of a weekly question. */
export interface CheckIn {
  /** The day on which it was asked. */
  readonly date: WallDate;
  readonly question: CheckInQuestion;
  /** null = not answered. */
  readonly answer: string | null;
  /** As it stood after the answer. */
  readonly progress: number;
}

/** All that a review goes by. */
export interface GoalStanding extends GoalDefinition {
  readonly progress: number;
  readonly state: GoalState;
  readonly createdOn: WallDate;
  readonly milestones: readonly Milestone[];
  /** Oldest first. */
  readonly checkIns: readonly CheckIn[];
}

export const CHECK_IN_QUESTIONS = ['first-step', 'what-moved', 'what-hinders', 'last-stretch', 'next-step'] as const;
export type CheckInQuestion = (typeof CHECK_IN_QUESTIONS)[number];

export type Pace = 'reached' | 'ahead' | 'on-track' | 'behind' | 'overdue' | 'no-date';
/** What a review points out; the texts are the notice's. */
export type ReviewPoint =
  | { readonly kind: 'pace'; readonly pace: Pace; readonly perWeek: number | null }
  | { readonly kind: 'next-milestone'; readonly title: string }
  | { readonly kind: 'no-milestones' }
  | { readonly kind: 'stalled'; readonly weeks: number }
  | { readonly kind: 'moving'; readonly by: number };

/** Share of the way, 0..1. */
export const shareOf = ({ progress, target }: Pick<GoalStanding, 'progress' | 'target'>): number =>
  target <= 0 ? 1 : Math.min(1, Math.max(0, progress / target));

/** How far off the even pace is still on track, as a share of the way. */
const TOLERANCE = 0.1;
const WEEK_DAYS = 7;

/** Where a goal stands against an even pace from its first day to its last. */
export function paceOf(goal: GoalStanding, today: WallDate): Pace {
  const share = shareOf(goal);
  if (share >= 1) return 'reached';
  const { dueDate, createdOn } = goal;
  if (dueDate === null) return 'no-date';
  if (dueDate < today) return 'overdue';
  const whole = Math.max(1, daysBetween(createdOn, dueDate));
  const even = daysBetween(createdOn, today) / whole;
  if (share > even + TOLERANCE) return 'ahead';
  return share < even - TOLERANCE ? 'behind' : 'on-track';
}

/** Weeks in a row, up to now, whose check-in showed no progress. */
export function stalledWeeks({ checkIns }: Pick<GoalStanding, 'checkIns'>): number {
  let weeks = 0;
  for (let place = checkIns.length - 1; place > 0; place -= 1) {
    const [before, after] = [checkIns[place - 1], checkIns[place]];
    if (before === undefined || after === undefined || after.progress > before.progress) break;
    weeks += 1;
  }
  return weeks;
}

/** What is worth saying about a goal, the most important first; by rules alone. */
export function reviewGoal(goal: GoalStanding, today: WallDate): ReviewPoint[] {
  const pace = paceOf(goal, today);
  const points: ReviewPoint[] = [{ kind: 'pace', pace, perWeek: neededPerWeek(goal, today) }];
  if (pace === 'reached') return points;
  const stalled = stalledWeeks(goal);
  const moved = lastMove(goal);
  if (stalled >= 2) points.push({ kind: 'stalled', weeks: stalled });
  else if (moved > 0) points.push({ kind: 'moving', by: moved });
  const next = goal.milestones.find(({ doneAt }) => doneAt === null);
  if (next !== undefined) points.push({ kind: 'next-milestone', title: next.title });
  else if (goal.milestones.length === 0) points.push({ kind: 'no-milestones' });
  return points;
}

/** What has to be done each week until the last day; null = there is no such day, or nothing is left. */
function neededPerWeek(goal: GoalStanding, today: WallDate): number | null {
  const { dueDate, target, progress } = goal;
  if (dueDate === null || dueDate <= today || progress >= target) return null;
  return (target - progress) / (daysBetween(today, dueDate) / WEEK_DAYS);
}

const lastMove = ({ checkIns, progress }: GoalStanding): number => {
  const last = checkIns.at(-1);
  return last === undefined ? 0 : progress - last.progress;
};

/** The question that fits this week. */
export function questionFor(goal: GoalStanding, today: WallDate): CheckInQuestion {
  const share = shareOf(goal);
  if (share === 0) return 'first-step';
  if (share >= 0.85) return 'last-stretch';
  if (stalledWeeks(goal) >= 1 || paceOf(goal, today) === 'behind') return 'what-hinders';
  return goal.checkIns.length % 2 === 0 ? 'what-moved' : 'next-step';
}

/** When the weekly question comes, and which is behind. */
export interface CheckInMoments {
  /** The day for which it is to be asked now; null = none. */
  readonly due: WallDate | null;
  readonly askedOn: WallDate | null;
  /** ms since 1970; null = it is never asked. */
  readonly nextMs: number | null;
}

const DAY_MS = 86_400_000;
/** After so long last week's question is let be. */
const WORTH_MS = 2 * DAY_MS;

/** What is due at `nowMs`, and when the next question comes; each date has one. */
export function checkInMoments(
  { checkInOn, checkInAt }: Pick<GoalDefinition, 'checkInOn' | 'checkInAt'>,
  zone: string,
  { askedOn, nowMs }: { readonly askedOn: WallDate | null; readonly nowMs: number },
): CheckInMoments {
  if (checkInOn === null) return { due: null, askedOn, nextMs: null };
  const today = dateOf(nowMs, zone);
  const last = addDays(today, -((weekdayOf(today) - checkInOn + WEEK_DAYS) % WEEK_DAYS));
  const atMs = instantOf(wallTimeAt(last, checkInAt), zone);
  const isNew = atMs <= nowMs && (askedOn === null || last > askedOn);
  const after = isNew ? last : askedOn;
  const candidates = [last, addDays(last, WEEK_DAYS), addDays(last, 2 * WEEK_DAYS)]
    .filter((date) => after === null || date > after)
    .map((date) => instantOf(wallTimeAt(date, checkInAt), zone));
  return {
    due: isNew && nowMs - atMs <= WORTH_MS ? last : null,
    askedOn: after,
    nextMs: candidates.find((ms) => ms > nowMs) ?? null,
  };
}
