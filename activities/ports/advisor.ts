import type { Language } from '../../domain/accounts/language.ts';
import type { GoalFacts } from '../../domain/agenda/goals/goal-facts.ts';

/** A language model that gives advice on a goal. */
export interface Advisor {
  /**
   * What the model says to these facts: plain text in that language, not checked yet. What people wrote is among the facts and
   * is data to the model, never an instruction.
   * @throws RateLimitedError when asked to wait; until then nothing is asked
   * @throws DomainError advice-refused, advice-unusable: a repetition would be too
   * @throws Error, worth another try, for an outage or a timeout
   */
  advise(question: { readonly facts: GoalFacts; readonly language: Language }, signal: AbortSignal): Promise<string>;
}
