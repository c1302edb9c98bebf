import { expect, test } from 'vitest';
import type { DayTask } from './day-plan.ts';
import { dayText, eveningText, morningText, spanText, weeklyText } from './day-text.ts';
import type { DayView, WeekView } from './day-view.ts';

const task = (title: string, more: Partial<DayTask> = {}): DayTask => ({
  ...{ id: title, title, priority: null, dueDate: null, dueTime: null },
  ...more,
});
const view = (more: Partial<DayView> = {}): DayView => ({
  date: '2027-03-10',
  plan: { overdue: [], due: [], top: [], slots: [] },
  ...{ items: [], habits: [], done: [], focus: { rounds: 0, focusedMs: 0 } },
  ...more,
});
const full = view({
  plan: {
    overdue: [task('old')],
    due: [task('a < b', { dueTime: '10:00', priority: 1 })],
    top: [task('big', { priority: 2 })],
    slots: [
      { from: 540, to: 600 },
      { from: 780, to: 1080 },
    ],
  },
  items: [
    { kind: 'occasion', id: '1', time: null, minutes: 0, title: 'Ann', state: null },
    { kind: 'reminder', id: '2', time: '09:00', minutes: 5, title: 'pill', state: 'done' },
    { kind: 'event', id: '3', time: '12:00', minutes: 60, title: 'lunch & talk', state: null },
  ],
  habits: [
    { id: '1', name: 'run', standing: 'done' },
    { id: '2', name: 'read', standing: 'open' },
    { id: '3', name: 'sing', standing: 'skipped' },
    { id: '4', name: 'swim', standing: 'resting' },
  ],
  done: ['tea <3'],
  focus: { rounds: 3, focusedMs: 75 * 60_000 },
});

test('a morning goes from what has a time to what has none, in both languages', () => {
  const lists = [
    ['🎁 Ann', '✅ 09:00 pill', '👥 12:00 lunch &amp; talk'],
    ['▫️ old'],
    ['▫️ 🔴 10:00 a &lt; b'],
    ['▫️ 🟠 big'],
    ['✅ run', '⬜ read', '➖ sing', '🌙 swim'],
    ['09:00–10:00, 13:00–18:00'],
  ];
  const said = (titles: readonly string[]): string =>
    titles.map((title, place) => [`<b>${title}</b>`, ...(lists[place] ?? [])].join('\n')).join('\n\n');
  const russian = ['По времени', 'Просрочено', 'На сегодня', 'Самое важное', 'Привычки', 'Свободно'];
  expect(morningText(full, 'ru')).toBe(
    `📅 <b>среда, 10 марта</b>\n\nДоброе утро! План на сегодня:\n\n${said(russian)}`,
  );
  const english = ['By time', 'Overdue', 'Due today', 'Matters most', 'Habits', 'Free'];
  expect(morningText(full, 'en')).toBe(
    `📅 <b>Wednesday 10 March</b>\n\nGood morning! The plan for today:\n\n${said(english)}`,
  );
});

test('an empty day says so, and how to fill it', () => {
  expect(morningText(view(), 'ru')).toContain('Можно просто написать, о чём напомнить.');
  expect(dayText(view(), 'en')).toBe(
    '📅 <b>Wednesday 10 March</b>\n\nNothing is planned for today. Just write what to remind you of.',
  );
});

test('free time is not offered on a day with nothing to do at a time', () => {
  const idle = view({
    plan: { overdue: [], due: [], top: [task('big', { priority: 1 })], slots: [{ from: 0, to: 60 }] },
  });
  expect(morningText(idle, 'en')).not.toContain('Free');
});

test('the day shows focus beside the plan', () => {
  expect(dayText(full, 'ru')).toContain('🍅 Фокус: 1 ч 15 мин · раундов: 3');
  expect(dayText(full, 'en')).toContain('🍅 Focus: 1 h 15 min · rounds: 3');
});

test('an evening says what is done and what is left', () => {
  expect(eveningText(full, 'en').split('\n\n')).toEqual([
    '📅 <b>Wednesday 10 March</b>',
    'How the day went:',
    '<b>Done</b>\n✅ tea &lt;3',
    '<b>Habits</b>\n✅ run\n⬜ read\n➖ sing\n🌙 swim',
    '🍅 Focus: 1 h 15 min · rounds: 3',
    '<b>Still open</b>\n▫️ old\n▫️ 🔴 10:00 a &lt; b',
  ]);
});

test('an evening on which nothing was done does not scold', () => {
  const idle = view({ habits: [{ id: '1', name: 'бег', standing: 'open' }] });
  expect(eveningText(idle, 'ru')).toBe(
    '📅 <b>среда, 10 марта</b>\n\nСегодня ничего не отмечено — бывает. Завтра новый день.\n\n<b>Привычки</b>\n⬜ бег',
  );
});

test('a long list is cut and the rest is counted', () => {
  const many = view({ done: Array.from({ length: 15 }, (_, n) => `task ${n}`) });
  expect(eveningText(many, 'ru')).toContain('task 11\n… и ещё 3');
  expect(eveningText(many, 'en')).toContain('task 11\n… and 3 more');
  expect(eveningText(many, 'en')).not.toContain('task 12');
});

test('a week in figures, in both languages', () => {
  const week: WeekView = {
    ...{ from: '2027-02-26', to: '2027-03-04', tasksDone: 9, remindersDone: 4 },
    ...{ focus: { rounds: 12, focusedMs: 300 * 60_000 }, habits: [{ name: 'a & b', days: 5 }] },
  };
  expect(weeklyText(week, 'ru')).toBe(
    '📊 <b>Неделя 26 февр. – 4 мар.</b>\n\n✅ Задач сделано: 9\n🔔 Напоминаний выполнено: 4\n🍅 Фокус: 5 ч · раундов: 12\n\n<b>Привычки</b>\n• a &amp; b: 5 из 7 дней',
  );
  expect(weeklyText({ ...week, habits: [] }, 'en')).toBe(
    '📊 <b>The week 26 Feb – 4 Mar</b>\n\n✅ Tasks done: 9\n🔔 Reminders done: 4\n🍅 Focus: 5 h · rounds: 12',
  );
});

test.each([
  [0, '0 мин', '0 min'],
  [25 * 60_000, '25 мин', '25 min'],
  [60 * 60_000, '1 ч', '1 h'],
  [119.6 * 60_000, '2 ч', '2 h'],
])('%d ms as a span', (ms, russian, english) => {
  expect([spanText(ms, 'ru'), spanText(ms, 'en')]).toEqual([russian, english]);
});
