import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minuteOf, planDay, SHORTEST_SLOT_MINUTES, timeOf, type DayInput, type DayTask } from './day-plan.ts';

const task = (id: string, more: Partial<DayTask> = {}): DayTask => ({
  ...{ id, title: id, priority: null, dueDate: null, dueTime: null },
  ...more,
});
const day = (more: Partial<DayInput> = {}): DayInput => ({
  ...{ tasks: [], busy: [], work: { from: 540, to: 1080 }, date: '2027-03-10', nowMinute: 600 },
  ...more,
});
const idsOf = (tasks: readonly DayTask[]): string[] => tasks.map(({ id }) => id);

test('what is late, what is due and what matters most stand apart', () => {
  const plan = planDay(
    day({
      tasks: [
        task('later', { dueDate: '2027-03-12', priority: 2 }),
        task('yesterday', { dueDate: '2027-03-09' }),
        task('this morning', { dueDate: '2027-03-10', dueTime: '09:30' }),
        task('at noon', { dueDate: '2027-03-10', dueTime: '12:00' }),
        task('today', { dueDate: '2027-03-10', priority: 1 }),
        task('today, less', { dueDate: '2027-03-10', priority: 3 }),
        task('someday', {}),
        task('first', { priority: 1 }),
      ],
    }),
  );
  expect(idsOf(plan.overdue)).toEqual(['yesterday', 'this morning']);
  expect(idsOf(plan.due)).toEqual(['at noon', 'today', 'today, less']);
  expect(idsOf(plan.top)).toEqual(['first', 'later']);
});

test('free time is what the working hours leave, from now on', () => {
  const busy = [
    { from: minuteOf('14:00'), to: minuteOf('15:00') },
    { from: minuteOf('10:10'), to: minuteOf('11:00') },
    { from: minuteOf('10:30'), to: minuteOf('10:45') },
    { from: minuteOf('17:50'), to: minuteOf('19:00') },
  ];
  const { slots } = planDay(day({ busy }));
  expect(slots.map(({ from, to }) => `${timeOf(from)}–${timeOf(to)}`)).toEqual(['11:00–14:00', '15:00–17:50']);
});

test('no working hours, no slots; after them none either', () => {
  expect(planDay(day({ work: null })).slots).toEqual([]);
  expect(planDay(day({ nowMinute: 1_100 })).slots).toEqual([]);
});

test('slots lie within the working hours, apart from each other and from what is busy', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 }))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), span, fc.integer({ min: 0, max: 1439 }), (busy, work, nowMinute) => {
      const { slots } = planDay(day({ busy, work, nowMinute }));
      for (const [place, slot] of slots.entries()) {
        expect(slot.to - slot.from).toBeGreaterThanOrEqual(SHORTEST_SLOT_MINUTES);
        expect(slot.from).toBeGreaterThanOrEqual(Math.max(work.from, nowMinute));
        expect(slot.to).toBeLessThanOrEqual(work.to);
        expect(slot.from).toBeGreaterThanOrEqual(slots[place - 1]?.to ?? 0);
        for (const { from, to } of busy) expect(slot.to <= from || slot.from >= to || from === to).toBe(true);
      }
    }),
  );
});
