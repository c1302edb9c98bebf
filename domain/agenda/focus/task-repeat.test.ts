import { expect, test } from 'vitest';
import { nextDue, type TaskDue } from './task-repeat.ts';

const due = (more: Partial<TaskDue>): TaskDue => ({
  ...{ dueDate: '2027-03-08', dueTime: null, rule: 'FREQ=WEEKLY;BYDAY=MO', fromCompletion: false },
  ...more,
});

test('counted from the due day: done early or late, the next Monday comes', () => {
  expect(nextDue(due({}), '2027-03-06')).toBe('2027-03-15');
  expect(nextDue(due({}), '2027-03-08')).toBe('2027-03-15');
  expect(nextDue(due({}), '2027-03-17')).toBe('2027-03-22');
});

test('a daily task that was late for days is due tomorrow, not in the past', () => {
  expect(nextDue(due({ rule: 'FREQ=DAILY' }), '2027-03-11')).toBe('2027-03-12');
});

test('counted from completion: three days after it was done', () => {
  const every3 = due({ rule: 'FREQ=DAILY;INTERVAL=3', fromCompletion: true, dueTime: '18:00' });
  expect(nextDue(every3, '2027-03-10')).toBe('2027-03-13');
});

test('a series that has ended, and a task that does not repeat, are not due again', () => {
  expect(nextDue(due({ rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=1' }), '2027-03-08')).toBeNull();
  expect(nextDue(due({ rule: null }), '2027-03-08')).toBeNull();
});
