import type { WallDate } from '../zoned-time.ts';
import { paceOf, reviewGoal, shareOf, type CheckInQuestion, type GoalStanding, type Pace } from './goal.ts';

/** What a model is told of a goal: nothing that is not on the goal's own page, but focus and skills. */
export interface GoalFacts {
  readonly today: WallDate;
  readonly title: string;
  readonly why: string;
  readonly unit: string;
  readonly target: number;
  readonly progress: number;
  readonly percent: number;
  readonly createdOn: WallDate;
  readonly dueDate: WallDate | null;
  readonly pace: Pace;
  /** To be in time; null = there is no date, or nothing is left. */
  readonly neededPerWeek: number | null;
  readonly milestones: readonly { readonly title: string; readonly done: boolean }[];
  /** Oldest first. */
  readonly checkIns: readonly {
    readonly date: WallDate;
    readonly question: CheckInQuestion;
    readonly answer: string | null;
    readonly progress: number;
  }[];
  /** Of the last `FOCUS_WEEKS` weeks, on whatever task. */
  readonly focus: { readonly rounds: number; readonly minutes: number };
  /** 0 = none … 5 = teaches others. */
  readonly skills: readonly SkillFact[];
}

export interface SkillFact {
  readonly name: string;
  readonly level: number;
  readonly targetLevel: number;
}

export interface Surroundings {
  readonly today: WallDate;
  readonly focus: { readonly rounds: number; readonly focusedMs: number };
  readonly skills: readonly SkillFact[];
}

/** Weeks of focus that tell something of now. */
export const FOCUS_WEEKS = 4;
const MOST_MILESTONES = 30;
const MOST_CHECK_INS = 8;
const MOST_SKILLS = 20;
/** A longer text of a person is cut: the beginning says it. */
const LONGEST_TEXT = 400;
const MINUTE_MS = 60_000;

/** The facts of a goal, in a size that a model reads at any time. */
export function goalFacts(goal: GoalStanding, { today, focus, skills }: Surroundings): GoalFacts {
  const { unit, target, progress, createdOn, dueDate } = goal;
  const needed = reviewGoal(goal, today).find((point) => point.kind === 'pace')?.perWeek ?? null;
  return {
    ...{ today, target, progress, createdOn, dueDate },
    ...{ title: cut(goal.title), why: cut(goal.why), unit: unit ?? '%' },
    percent: Math.round(shareOf(goal) * 100),
    pace: paceOf(goal, today),
    neededPerWeek: needed === null ? null : Math.round(needed * 10) / 10,
    milestones: goal.milestones
      .slice(0, MOST_MILESTONES)
      .map(({ title, doneAt }) => ({ title: cut(title), done: doneAt !== null })),
    checkIns: goal.checkIns.slice(-MOST_CHECK_INS).map(({ date, question, answer, progress: then }) => ({
      ...{ date, question, progress: then },
      answer: answer === null ? null : cut(answer),
    })),
    focus: { rounds: focus.rounds, minutes: Math.round(focus.focusedMs / MINUTE_MS) },
    skills: skills
      .slice(0, MOST_SKILLS)
      .map(({ name, level, targetLevel }) => ({ name: cut(name), level, targetLevel })),
  };
}

const cut = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
