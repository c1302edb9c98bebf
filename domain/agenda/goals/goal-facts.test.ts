import { expect, test } from 'vitest';
import { goalFacts } from './goal-facts.ts';
import type { CheckIn, GoalStanding } from './goal.ts';

const goal = (more: Partial<GoalStanding> = {}): GoalStanding => ({
  ...{ title: 'Run', why: 'health', unit: 'km', target: 100, dueDate: '2027-04-10', progress: 30, state: 'active' },
  ...{ checkInOn: 7, checkInAt: '18:00', createdOn: '2027-01-01', milestones: [], checkIns: [] },
  ...more,
});
const asked = (week: number, answer: string | null): CheckIn => ({
  ...{ date: `2027-01-${String(week).padStart(2, '0')}`, question: 'what-moved', answer, progress: week },
});
const around = { today: '2027-02-20', focus: { rounds: 3, focusedMs: 75.4 * 60_000 }, skills: [] };

test('the facts are those of the goal, with focus and skills', () => {
  const milestones = [
    { id: 'secret-1', title: '10 km', doneAt: '2027-01-20T00:00:00Z' },
    { id: 'secret-2', title: 'half', doneAt: null },
  ];
  const skill = { name: 'running', level: 2, targetLevel: 4, id: 'secret-3', evidence: [{ text: 'secret' }] };
  const facts = goalFacts(goal({ milestones, checkIns: [asked(3, 'mornings')] }), { ...around, skills: [skill] });
  expect(facts).toEqual({
    ...{ today: '2027-02-20', title: 'Run', why: 'health', unit: 'km', target: 100, progress: 30, percent: 30 },
    ...{ createdOn: '2027-01-01', dueDate: '2027-04-10', pace: 'behind', neededPerWeek: 10 },
    milestones: [
      { title: '10 km', done: true },
      { title: 'half', done: false },
    ],
    checkIns: [{ date: '2027-01-03', question: 'what-moved', answer: 'mornings', progress: 3 }],
    focus: { rounds: 3, minutes: 75 },
    skills: [{ name: 'running', level: 2, targetLevel: 4 }],
  });
  expect(JSON.stringify(facts)).not.toContain('secret');
});

test('a reached goal needs nothing more, and percent is a unit', () => {
  expect(goalFacts(goal({ unit: null, progress: 100 }), around)).toMatchObject({
    ...{ unit: '%', percent: 100, pace: 'reached', neededPerWeek: null },
  });
});

test('however much there is, the facts stay small: the last answers, the beginnings of texts', () => {
  const long = 'я'.repeat(5000);
  const milestones = Array.from({ length: 50 }, (_, n) => ({ id: String(n), title: long, doneAt: null }));
  const checkIns = Array.from({ length: 28 }, (_, n) => asked(n + 1, n === 27 ? null : long));
  const skills = Array.from({ length: 60 }, () => ({ name: long, level: 1, targetLevel: 2 }));
  const facts = goalFacts(goal({ title: long, why: long, milestones, checkIns }), { ...around, skills });
  expect(JSON.stringify(facts).length).toBeLessThan(30_000);
  expect(facts.checkIns).toHaveLength(8);
  expect(facts.checkIns.at(-1)).toMatchObject({ date: '2027-01-28', answer: null });
  expect(facts.title).toBe(`${'я'.repeat(400)}…`);
});
