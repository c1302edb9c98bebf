import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkInMoments,
  paceOf,
  questionFor,
  reviewGoal,
  stalledWeeks,
  type CheckIn,
  type GoalStanding,
} from './goal.ts';

const goal = (more: Partial<GoalStanding> = {}): GoalStanding => ({
  ...{
    title: 'Пробежать 100 км',
    why: '',
    unit: 'km',
    target: 100,
    dueDate: '2027-04-10',
    progress: 0,
    state: 'active',
  },
  ...{ checkInOn: 7, checkInAt: '18:00', createdOn: '2027-01-01', milestones: [], checkIns: [] },
  ...more,
});
const asked = (date: string, progress: number): CheckIn => ({ date, progress, question: 'what-moved', answer: '…' });
const at = (iso: string): number => Date.parse(iso);

test('the pace is judged against an even one, with some tolerance', () => {
  expect(paceOf(goal({ progress: 50 }), '2027-02-19')).toBe('on-track');
  expect(paceOf(goal({ progress: 20 }), '2027-02-19')).toBe('behind');
  expect(paceOf(goal({ progress: 80 }), '2027-02-19')).toBe('ahead');
  expect(paceOf(goal({ progress: 100 }), '2027-02-19')).toBe('reached');
  expect(paceOf(goal({ progress: 90 }), '2027-04-11')).toBe('overdue');
  expect(paceOf(goal({ dueDate: null }), '2027-02-19')).toBe('no-date');
});

test('weeks without progress are counted from the last one back', () => {
  const checkIns = [asked('2027-01-03', 5), asked('2027-01-10', 9), asked('2027-01-17', 9), asked('2027-01-24', 9)];
  expect(stalledWeeks({ checkIns })).toBe(2);
  expect(stalledWeeks({ checkIns: checkIns.slice(0, 2) })).toBe(0);
});

test('a review says the pace, what is needed each week, that nothing moves, and the next step', () => {
  const milestones = [
    { id: '1', title: '10 км за раз', doneAt: '2027-01-20T00:00:00Z' },
    { id: '2', title: 'полумарафон', doneAt: null },
  ];
  const checkIns = [asked('2027-01-10', 30), asked('2027-01-17', 30), asked('2027-01-24', 30)];
  expect(reviewGoal(goal({ progress: 30, milestones, checkIns }), '2027-02-20')).toEqual([
    { kind: 'pace', pace: 'behind', perWeek: 10 },
    { kind: 'stalled', weeks: 2 },
    { kind: 'next-milestone', title: 'полумарафон' },
  ]);
});

test('the question fits where one stands', () => {
  expect(questionFor(goal(), '2027-01-03')).toBe('first-step');
  expect(questionFor(goal({ progress: 90 }), '2027-04-01')).toBe('last-stretch');
  expect(questionFor(goal({ progress: 10 }), '2027-03-20')).toBe('what-hinders');
});

test('the weekly question comes once a week at its wall time, over the change of clocks too', () => {
  const berlin = 'Europe/Berlin';
  const first = checkInMoments(goal(), berlin, { askedOn: null, nowMs: at('2027-03-21T17:00:00Z') });
  expect(first.due).toBe('2027-03-21');
  expect(new Date(first.nextMs ?? 0).toISOString()).toBe('2027-03-28T16:00:00.000Z');
  expect(checkInMoments(goal(), berlin, { askedOn: first.askedOn, nowMs: at('2027-03-21T17:00:01Z') }).due).toBeNull();
  const late = checkInMoments(goal(), berlin, { askedOn: null, nowMs: at('2027-03-24T17:00:00Z') });
  expect(late).toMatchObject({ due: null, askedOn: '2027-03-21' });
});

test('walking from question to question, each week has one', () => {
  const start = fc.integer({ min: at('2027-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 7 }), (from, checkInOn) => {
      let [askedOn, now]: [string | null, number] = [null, from];
      const dates: string[] = [];
      for (let step = 0; step < 10; step += 1) {
        const asking = { askedOn, nowMs: now };
        const moments = checkInMoments(goal({ checkInOn }), 'America/New_York', asking);
        if (moments.due !== null) dates.push(moments.due);
        [askedOn, now] = [moments.askedOn, moments.nextMs ?? Infinity];
      }
      expect(new Set(dates).size).toBe(dates.length);
      expect(dates.length).toBeGreaterThanOrEqual(9);
    }),
    { numRuns: 50 },
  );
});
