import { expect, test } from 'vitest';
import { readButton } from './button-data.ts';
import { reminderKeyboard } from './reminder-notice.ts';
import { checkSnooze, isSnooze, snoozedUntil } from './snooze.ts';

const nowMs = Date.parse('2027-03-27T20:15Z'); // the evening before Berlin's clocks go forward
const of = { key: '20270327T0830', zone: 'Europe/Berlin', nowMs };
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

test('minutes count from now; another day keeps the time of day of the occurrence, whatever the clocks do', () => {
  expect(iso(snoozedUntil('10', of))).toBe('2027-03-27T20:25');
  expect(iso(snoozedUntil('180', of))).toBe('2027-03-27T23:15');
  expect(iso(snoozedUntil('tomorrow', of))).toBe('2027-03-28T06:30');
  expect(iso(snoozedUntil('week', of))).toBe('2027-04-03T06:30');
});

test('a time in the past or over a year ahead is refused', () => {
  expect(() => checkSnooze(nowMs, nowMs)).toThrow(/past/);
  expect(() => checkSnooze(nowMs + 367 * 86_400_000, nowMs)).toThrow(/year/);
  expect(() => checkSnooze(nowMs + 1, nowMs)).not.toThrow();
});

test('every button of a reminder fits, and says what is put off and for how long', () => {
  const reminderId = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
  const buttons = reminderKeyboard({ reminderId, key: of.key, language: 'ru' }).flat();
  const presses = buttons.flatMap((button) => (button.kind === 'press' ? [readButton(button.data)] : []));
  expect(presses.map(({ action }) => action)).toEqual([
    'reminder.done',
    ...Array.from({ length: 6 }, () => 'reminder.snooze'),
  ]);
  expect(
    presses
      .slice(1)
      .map(({ args }) => args[2] ?? '')
      .filter((arg) => !isSnooze(arg)),
  ).toEqual(['other']);
});
