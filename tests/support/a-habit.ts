import { DEFAULT_DAY_START, type HabitDefinition } from '../../domain/agenda/habits/habit.ts';

/** A habit that is done every day and never asks, but for what is given. */
export const habitWith = (given: Partial<HabitDefinition> = {}): HabitDefinition => ({
  ...{ name: 'Зарядка', question: null, description: null, kind: 'yes-no', unit: null, pressAdds: null },
  ...{ goal: { times: 1, days: 1, target: null }, promptTimes: [], dayStart: DEFAULT_DAY_START, restDays: [] },
  ...{ microGoal: null, weeklyPicture: false, colour: 8 },
  ...given,
});
