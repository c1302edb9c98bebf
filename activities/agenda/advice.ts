import { cancellationSignal } from '@temporalio/activity';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AdviceInput } from '../../contracts/advice.ts';
import { focusByDay } from '../../db/repositories/focus-sessions.ts';
import { addAdvice, modelAdviceToday } from '../../db/repositories/goal-advice.ts';
import { readGoal, type GoalRow } from '../../db/repositories/goals.ts';
import { listSkills } from '../../db/repositories/skills.ts';
import { tellPerson } from '../../db/repositories/tell-person.ts';
import { modelAdvice, type Advice } from '../../domain/agenda/goals/advice.ts';
import { FOCUS_WEEKS, goalFacts, type GoalFacts } from '../../domain/agenda/goals/goal-facts.ts';
import { adviceText, rulesAdvice } from '../../domain/agenda/goals/goal-notice.ts';
import { addDays, dateOf } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import type { Advisor } from '../ports/advisor.ts';

export interface AdviceDeps {
  /** A fresh entity manager for one unit of work. */
  readonly em: () => SqlEntityManager;
  /** null = no model is set: advice comes by rules alone. */
  readonly advisor: Advisor | null;
  /** Has the outboxes of these bots sent; call it after the commit. */
  readonly wakeSenders: (messengers: readonly MessengerName[]) => Promise<void>;
  /** ms since 1970; default: this machine's clock. */
  readonly clock?: () => number;
}

/** Advice that is there, with what it is kept under. */
export interface KeepAdviceInput extends AdviceInput {
  readonly adviceId: string;
  /** What the model said; null = it said nothing that can be shown. */
  readonly said: string | null;
}

export interface TellAdviceInput extends AdviceInput {
  readonly advice: Advice;
  /** The request that it answers, which is answered once. */
  readonly requestId: string;
}

/** A model costs somebody money with each answer; beyond that many a day a person gets the rules. */
export const MODEL_ADVICE_A_DAY = 20;

const WEEK_DAYS = 7;

/** Activities of advice on goals: from a model where there is one, else by rules. */
export function createAdviceActivities({ em, advisor, wakeSenders, clock = Date.now }: AdviceDeps) {
  const known = async (tx: SqlEntityManager, { goalId, userId }: AdviceInput): Promise<GoalRow> => {
    const goal = await readGoal(tx, userId, goalId);
    if (goal === null) throw new DomainError('goal-not-found', 'there is no such goal');
    return goal;
  };
  return {
    /** What the model says to the facts of the goal; null = there is none, or the person has asked it enough today. @throws DomainError goal-not-found, advice-refused, advice-unusable */
    async askModel(input: AdviceInput): Promise<string | null> {
      if (advisor === null) return null;
      const goal = await known(em(), input);
      if ((await modelAdviceToday(em(), input.userId)) >= MODEL_ADVICE_A_DAY) return null;
      const facts = await factsOf(em(), goal, clock());
      return modelAdvice(await advisor.advise({ facts, language: goal.language }, cancellationSignal()));
    },

    /** Keeps what the model said, or the review by rules. Safe to repeat. @throws DomainError goal-not-found */
    async keepAdvice({ adviceId, said, ...input }: KeepAdviceInput): Promise<Advice> {
      return await em().transactional(async (tx) => {
        const goal = await known(tx, input);
        const advice: Advice =
          said === null
            ? { source: 'rules', text: rulesAdvice(goal, dateOf(clock(), goal.zone), goal.language) }
            : { source: 'model', text: said };
        await addAdvice(tx, { id: adviceId, goalId: goal.id }, advice);
        return advice;
      });
    },

    /** Tells advice in the chat that the person used last. */
    async tellAdvice({ advice, requestId, ...input }: TellAdviceInput): Promise<void> {
      const told = await em().transactional(async (tx) => {
        const goal = await known(tx, input);
        const payload = { kind: 'text', html: adviceText(goal, advice, goal.language), silent: false } as const;
        return await tellPerson(tx, { userId: goal.userId, dedupeKey: `advice:${requestId}`, payload });
      });
      await wakeSenders(told === null ? [] : [told]);
    },
  };
}
export type AdviceActivities = ReturnType<typeof createAdviceActivities>;

async function factsOf(em: SqlEntityManager, goal: GoalRow, nowMs: number): Promise<GoalFacts> {
  const { userId, zone } = goal;
  const today = dateOf(nowMs, zone);
  const from = addDays(today, 1 - FOCUS_WEEKS * WEEK_DAYS);
  const days = await focusByDay(em, { userId, from, to: today, zone });
  const focus = days.reduce(
    (sum, { rounds, focusedMs }) => ({ rounds: sum.rounds + rounds, focusedMs: sum.focusedMs + focusedMs }),
    { rounds: 0, focusedMs: 0 },
  );
  return goalFacts(goal, { today, focus, skills: await listSkills(em, userId) });
}
