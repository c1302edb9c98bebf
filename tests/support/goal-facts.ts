import type { GoalFacts } from '../../domain/agenda/goals/goal-facts.ts';

/** Facts of a goal that goes as it should, but for what is given. */
export const someFacts = (given: Partial<GoalFacts> = {}): GoalFacts => ({
  ...{ today: '2027-02-20', title: 'Бег', why: '', unit: 'км', target: 100, progress: 50, percent: 50 },
  ...{ createdOn: '2027-01-01', dueDate: '2027-04-10', pace: 'on-track', neededPerWeek: 7.1 },
  ...{ milestones: [], checkIns: [], focus: { rounds: 4, minutes: 100 }, skills: [] },
  ...given,
});
