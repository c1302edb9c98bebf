import { createHabitActivities } from '../../activities/agenda/habits.ts';
import type { HabitsDoor } from '../../api/deps.ts';
import type { HabitCall } from '../../client/habits.ts';
import type { HabitChange, HabitOutcome, NewHabit } from '../../contracts/habits.ts';
import { renderPng } from '../../providers/pictures/render-png.ts';
import { RecordingGroups } from './recording-groups.ts';

/** Does at once, by the real activities, what the workflows of habits have done. */
export class RecordingHabits extends RecordingGroups implements HabitsDoor {
  #activities() {
    const wakeSenders = async () => await Promise.resolve();
    return createHabitActivities({ em: () => this.em(), wakeSenders, renderPng });
  }

  async createHabit(id: string, habit: NewHabit): Promise<void> {
    await this.record(`habit ${habit.name}`);
    await this.#activities().planHabit({ id, nowMs: Date.now(), create: habit });
  }

  async keepStoredHabit(_userId: string, id: string): Promise<void> {
    await this.record(`keep habit ${id}`);
    await this.#activities().planHabit({ id, nowMs: Date.now() });
  }

  async changeHabit({ userId, habitId }: HabitCall, change: HabitChange): Promise<HabitOutcome> {
    await this.record(`habit ${change.kind}`);
    const order = { id: habitId, nowMs: Date.now(), change: { userId, change } };
    return (await this.#activities().changeHabit(order)).outcome;
  }
}
