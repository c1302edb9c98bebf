import { expect, test } from 'vitest';
import type { DayMark, HabitHistory } from '../../domain/agenda/habits/habit-history.ts';
import { strengthSeries } from '../../domain/agenda/habits/habit-strength.ts';

const TODAY = 20_000;
const TEN_YEARS = 3652;

test('the strength of ten years is there in less than 10 ms', () => {
  const marks = Array.from({ length: TEN_YEARS }, (_, ago): [number, DayMark] => [
    TODAY - ago,
    ago % 5 ? 'done' : 'no',
  ]);
  const goals = [{ since: null, times: 3, days: 7, target: null }];
  const given: HabitHistory = { kind: 'yes-no', goals, marks: new Map(marks), isFrozen: (day) => day % 7 === 0 };
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    expect(strengthSeries(given, TODAY).scores).toHaveLength(TEN_YEARS);
    return performance.now() - start;
  });
  console.log(`strength of ten years: ${Math.min(...times).toFixed(2)} ms`);
  expect(Math.min(...times)).toBeLessThan(10);
});
