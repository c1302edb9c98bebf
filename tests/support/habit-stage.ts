import { randomUUID } from 'node:crypto';
import { createHabitActivities } from '../../activities/agenda/habits.ts';
import { changeHabit, createHabit } from '../../client/habits.ts';
import type { HabitChange, HabitOutcome } from '../../contracts/habits.ts';
import { readMarksOf } from '../../db/repositories/habit-entries.ts';
import { readHabit } from '../../db/repositories/habits.ts';
import { dayNumber } from '../../domain/agenda/habits/day-number.ts';
import { historyOf, statisticsOf, type HabitStatistics } from '../../domain/agenda/habits/habit-statistics.ts';
import type { HabitDefinition } from '../../domain/agenda/habits/habit.ts';
import { instantOf, wallTimeAt } from '../../domain/agenda/zoned-time.ts';
import { renderPng } from '../../providers/pictures/render-png.ts';
import { habitWith } from './a-habit.ts';
import { startAgendaStage, type ToldMessage } from './agenda-stage.ts';

export type HabitStage = Awaited<ReturnType<typeof startHabitStage>>;

/** One habit of one person in a test. */
export interface KeptHabit {
  readonly habitId: string;
  readonly userId: string;
}

/** A stage on which habits are kept in virtual time. */
export async function startHabitStage() {
  const stage = await startAgendaStage(({ em, wakeSenders }) => createHabitActivities({ em, wakeSenders, renderPng }));
  return {
    ...stage,
    async begin(userId: string, given: Partial<HabitDefinition> = {}): Promise<KeptHabit> {
      const kept = { habitId: randomUUID(), userId };
      await createHabit(stage.client, kept.habitId, { ...habitWith(given), userId });
      return kept;
    },
    change: async (kept: KeptHabit, change: HabitChange, requestId: string = randomUUID()): Promise<HabitOutcome> =>
      await changeHabit(stage.client, { ...kept, requestId }, change),
    /** Lets time pass to a minute after a wall time. */
    passTo: async (date: string, time: string, zone = 'Europe/Berlin'): Promise<void> => {
      await stage.passTo(instantOf(wallTimeAt(date, time), zone) + 60_000);
    },
    /** Days and times of its prompts so far, e.g. `2027-03-27 09:00`. */
    async asked({ userId, habitId }: KeptHabit): Promise<string[]> {
      const told = (await stage.told(userId)).filter(({ edits }) => edits === null);
      const keys = told.map(({ key }) => /^habit:([^:]+):(\d{4}-\d\d-\d\d):(.+)$/.exec(key));
      return keys.flatMap((key) => (key?.[1] === habitId ? [`${key[2] ?? ''} ${key[3] ?? ''}`] : []));
    },
    /** What a message shows now: its last edit, or itself. */
    async shown({ userId, habitId }: KeptHabit, prompt: string): Promise<ToldMessage | undefined> {
      const key = `habit:${habitId}:${prompt.replace(' ', ':')}`;
      return (await stage.told(userId)).findLast((message) => message.key === key || message.edits === key);
    },
    async statistics({ userId, habitId }: KeptHabit, day: string): Promise<HabitStatistics> {
      const habit = await readHabit(stage.em(), userId, habitId);
      if (habit === null) throw new Error('no such habit');
      return statisticsOf(historyOf(habit, await readMarksOf(stage.em(), habitId)), dayNumber(day));
    },
  };
}
