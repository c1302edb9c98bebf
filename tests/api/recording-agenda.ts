import { randomUUID } from 'node:crypto';
import { createAdviceActivities } from '../../activities/agenda/advice.ts';
import { createDigestActivities } from '../../activities/agenda/digests.ts';
import { createFocusActivities } from '../../activities/agenda/focus.ts';
import type { FocusDoor, PeopleDoor } from '../../api/deps.ts';
import type { FocusCall } from '../../client/focus.ts';
import type { NewOccasion } from '../../contracts/occasions.ts';
import { createGoalActivities } from '../../activities/agenda/goals.ts';
import type { GoalCall } from '../../client/goals.ts';
import type { AdviceInput } from '../../contracts/advice.ts';
import type { Advice } from '../../domain/agenda/goals/advice.ts';
import type { GoalOutcome, NewGoal } from '../../contracts/goals.ts';
import type { OccasionCall } from '../../client/occasions.ts';
import { createOccasionActivities } from '../../activities/agenda/occasions.ts';
import type { FocusOutcome, NewFocusSession } from '../../contracts/focus.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { RecordingHabits } from './recording-habits.ts';

/** Does at once, by the real activities, what the workflows of the agenda have done. */
export class RecordingAgenda extends RecordingHabits implements FocusDoor, PeopleDoor {
  #parts() {
    return { em: () => this.em(), wakeSenders: async () => await Promise.resolve() };
  }

  async startFocus(id: string, session: NewFocusSession): Promise<void> {
    await this.record(`focus ${session.plan.focusMinutes}`);
    const activities = createFocusActivities(this.#parts());
    const { next, version } = await activities.planFocus({ id, nowMs: Date.now(), create: session });
    if (next.state === 'over' && version === 0) throw new DomainError('focus-running', 'another focus session runs');
  }

  async changeFocus({ userId, sessionId, change }: FocusCall): Promise<FocusOutcome> {
    await this.record(`focus ${change.kind}`);
    const activities = createFocusActivities(this.#parts());
    const changed = await activities.changeFocus({ id: sessionId, nowMs: Date.now(), change: { userId, change } });
    return changed.outcome;
  }

  async planDigests(userId: string): Promise<void> {
    await this.record(`digests ${userId}`);
    await createDigestActivities(this.#parts()).planDigests({ id: userId, nowMs: Date.now() });
  }

  async createOccasion(id: string, create: NewOccasion): Promise<void> {
    await this.record(`occasion ${create.kind}`);
    await createOccasionActivities(this.#parts()).planOccasion({ id, nowMs: Date.now(), create });
  }

  async changeOccasion({ userId, occasionId, change }: OccasionCall): Promise<boolean> {
    await this.record(`occasion ${change.kind}`);
    const activities = createOccasionActivities(this.#parts());
    const changed = await activities.changeOccasion({ id: occasionId, nowMs: Date.now(), change: { userId, change } });
    return changed.outcome;
  }

  async createGoal(id: string, create: NewGoal): Promise<void> {
    await this.record(`goal ${create.title}`);
    await createGoalActivities(this.#parts()).planGoal({ id, nowMs: Date.now(), create });
  }

  async giveAdvice(input: AdviceInput): Promise<Advice> {
    await this.record(`advice ${input.goalId}`);
    const activities = createAdviceActivities({ ...this.#parts(), advisor: null });
    return await activities.keepAdvice({ ...input, adviceId: randomUUID(), said: null });
  }

  async changeGoal({ userId, goalId, change }: GoalCall): Promise<GoalOutcome> {
    await this.record(`goal ${change.kind}`);
    const activities = createGoalActivities(this.#parts());
    const changed = await activities.changeGoal({ id: goalId, nowMs: Date.now(), change: { userId, change } });
    return changed.outcome;
  }
}
