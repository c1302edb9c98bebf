import { describe, expect, it } from 'vitest';
import { DomainError } from '../../shared/errors.ts';
import { dayNumber } from './day-number.ts';
import { goalIn, streakIn } from './habit-words.ts';
import { checkDefinition, freezes, withGoal, type Habit, type HabitDefinition } from './habit.ts';
import { nextStep, raiseToPropose } from './micro-goal.ts';

const sound: HabitDefinition = {
  ...{ name: 'Water', question: null, description: null, kind: 'at-least', unit: 'l', pressAdds: 0.5 },
  ...{ goal: { times: 1, days: 1, target: 1 }, promptTimes: ['09:00'], dayStart: '04:00', restDays: [] },
  ...{ microGoal: { goal: 2, step: 0.75, mark: 0.8 }, weeklyPicture: false, colour: 8 },
};
const habitOf = (given: Partial<HabitDefinition>): Habit => {
  const { goal, ...rest } = { ...sound, ...given };
  return { ...rest, id: '1', userId: '1', goals: [{ since: null, ...goal }], pauses: [], position: 0, archived: false };
};

describe('a definition', () => {
  it('is refused with every rule that it breaks', () => {
    expect(() => checkDefinition(sound)).not.toThrow();
    const refused = (given: Partial<HabitDefinition>, rule: RegExp): void => {
      expect(() => checkDefinition({ ...sound, ...given })).toThrow(DomainError);
      expect(() => checkDefinition({ ...sound, ...given })).toThrow(rule);
    };
    refused({ name: ' ', dayStart: '25:00' }, /name: .*; dayStart: /);
    refused({ goal: { times: 1, days: 0, target: 1 } }, /goal\.days/);
    refused({ goal: { times: 1, days: 1, target: 0.0001 } }, /goal\.target/);
    refused({ goal: { times: 1, days: 1, target: 3 } }, /microGoal\.goal: beyond/);
    refused({ kind: 'yes-no', unit: null, pressAdds: null, microGoal: null }, /a yes\/no habit has none/);
    refused({ restDays: [1, 2, 3, 4, 5, 6, 7] }, /one day at least/);
    refused({ promptTimes: ['9:00'] }, /promptTimes/);
  });
});

describe('a new goal', () => {
  it('counts from its day, once for each day, and not at all when nothing changes', () => {
    const first = { since: null, times: 1, days: 1, target: 1 };
    const raised = withGoal([first], { times: 1, days: 1, target: 2 }, 100);
    expect(raised).toEqual([first, { since: 100, times: 1, days: 1, target: 2 }]);
    expect(withGoal(raised, { times: 1, days: 1, target: 3 }, 100)).toEqual([first, { ...raised[1], target: 3 }]);
    expect(withGoal(raised, { times: 1, days: 1, target: 2 }, 120)).toEqual(raised);
    expect(withGoal(raised, first, 100)).toEqual([first]);
  });
});

describe('a micro-goal', () => {
  it('goes step by step to its end, up or down', () => {
    expect(nextStep(habitOf({}))).toEqual({ times: 1, days: 1, target: 1.75 });
    expect(nextStep(habitOf({ goal: { times: 1, days: 1, target: 1.75 } }))?.target).toBe(2);
    expect(nextStep(habitOf({ goal: { times: 1, days: 1, target: 2 } }))).toBeNull();
    const fewer = habitOf({ kind: 'at-most', goal: { times: 1, days: 1, target: 5 } });
    expect(nextStep({ ...fewer, microGoal: { goal: 0, step: 2, mark: 0.8 } })?.target).toBe(3);
  });

  it('proposes when strength has passed the mark, and rests for two weeks', () => {
    const basis = { strength: 0.85, today: 1000, offeredOn: null };
    expect(raiseToPropose(habitOf({}), basis)?.target).toBe(1.75);
    expect(raiseToPropose(habitOf({}), { ...basis, strength: 0.79 })).toBeNull();
    expect(raiseToPropose(habitOf({}), { ...basis, offeredOn: 990 })).toBeNull();
    expect(raiseToPropose(habitOf({}), { ...basis, offeredOn: 986 })?.target).toBe(1.75);
  });
});

it('rest days and pauses freeze, to the day', () => {
  const frozen = freezes({ restDays: [7], pauses: [{ from: '2026-11-23', to: '2026-11-24' }] });
  const days = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'];
  expect(days.map((day) => frozen(dayNumber(day)))).toEqual([false, true, true, true, false]);
  expect(freezes({ restDays: [], pauses: [{ from: '2026-11-23', to: null }] })(dayNumber('2199-01-01'))).toBe(true);
});

it('words are those of the language', () => {
  const yesNo = { kind: 'yes-no', unit: null } as const;
  expect([1, 2, 5].map((times) => goalIn('ru', yesNo, { times, days: 7, target: null }))).toEqual([
    ...['1 раз в неделю', '2 раза в неделю', '5 раз в неделю'],
  ]);
  const coffee = { kind: 'at-most', unit: 'cups' } as const;
  expect(goalIn('en', coffee, { times: 1, days: 10, target: 2.5 })).toBe('at most 2.5 cups in 10 days');
  expect(streakIn('ru', { length: 21, active: 15 })).toBe('21 день (без пауз 15)');
});
