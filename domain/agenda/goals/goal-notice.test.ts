import { expect, test } from 'vitest';
import { shortId } from '../button-data.ts';
import { checkInMessage, questionText, reviewText, standingText } from './goal-notice.ts';
import { CHECK_IN_QUESTIONS, type CheckIn, type GoalStanding } from './goal.ts';

const id = '6f2c2f0e-6d5c-4c1e-9a63-2f7f4a1d0c55';
const goal = (more: Partial<GoalStanding> = {}): GoalStanding & { readonly id: string } => ({
  ...{ id, title: 'Бег <100 км>', why: '', unit: 'км', target: 100, dueDate: '2027-04-10', progress: 30 },
  ...{ state: 'active', checkInOn: 7, checkInAt: '18:00', createdOn: '2027-01-01', milestones: [], checkIns: [] },
  ...more,
});
const asked = (date: string, progress: number): CheckIn => ({ date, progress, question: 'what-moved', answer: '…' });
const milestone = (title: string, doneAt: string | null) => ({ id: title, title, doneAt });

test('where it stands, in units or percent', () => {
  expect(standingText(goal(), 'ru')).toBe('Сейчас: 30 из 100 км (30 %)');
  expect(standingText(goal({ progress: 1234.56, target: 5000, unit: 'km' }), 'en')).toBe(
    'Now: 1,234.6 of 5,000 km (25%)',
  );
  expect(standingText(goal({ unit: null }), 'ru')).toBe('Сейчас: 30 %');
  expect(standingText(goal({ unit: null }), 'en')).toBe('Now: 30%');
});

test('the weekly question names the goal and has buttons for that day', () => {
  const message = checkInMessage(goal(), { question: 'first-step', date: '2027-02-21' }, 'en');
  expect(message.html).toBe(
    '🎯 <b>Бег &lt;100 км&gt;</b>\nNow: 30 of 100 км (30%)\n\nWhat is the smallest step you could begin with this week?',
  );
  const buttons = message.keyboard.flat().map((button) => (button.kind === 'press' ? button.data : ''));
  expect(buttons).toHaveLength(2);
  for (const data of buttons) {
    expect(data).toContain(shortId(id));
    expect(data).toContain('20270221');
  }
});

test.each(CHECK_IN_QUESTIONS)('the question %s is asked in both languages', (question) => {
  expect(questionText(question, 'ru')).toMatch(/^[А-ЯЁ].*\?$/);
  expect(questionText(question, 'en')).toMatch(/^[A-Z].*\?$|^Almost there\..*\?$/);
});

test('a review of a goal that stands still', () => {
  const standing = goal({
    milestones: [milestone('10 км за раз', '2027-01-20T00:00:00Z'), milestone('половина & ещё', null)],
    checkIns: [asked('2027-01-10', 30), asked('2027-01-17', 30), asked('2027-01-24', 30)],
  });
  expect(reviewText(standing, '2027-02-20', 'ru').split('\n')).toEqual([
    ...['🎯 <b>Бег &lt;100 км&gt;</b>', 'Сейчас: 30 из 100 км (30 %)', ''],
    ...['Пока медленнее, чем нужно к сроку.', 'Чтобы успеть, нужно 10 км в неделю.'],
    'Прогресс стоит на месте недель подряд: 2. Помогает шаг на 15 минут, назначенный на конкретный день.',
    ...['Следующая веха: половина &amp; ещё.', '', '💡 Это совет по вашим данным, а не указание.'],
  ]);
});

test('a review of a goal that moves and has no milestones', () => {
  const standing = goal({ unit: null, progress: 60, checkIns: [asked('2027-02-14', 45)] });
  expect(reviewText(standing, '2027-02-20', 'en').split('\n')).toEqual([
    ...['🎯 <b>Бег &lt;100 км&gt;</b>', 'Now: 60%', '', 'Right on schedule.', 'To be in time it takes 5.7 % a week.'],
    ...['Since last week: +15 %. A good move.'],
    'Break the goal into 3–5 milestones, so that the next thing to do is in sight.',
    ...['', '💡 This is advice from your own data, not an order.'],
  ]);
});

test.each([
  [{ progress: 100 }, 'Цель достигнута. Поздравляю! 🎉', 'You have reached it. Congratulations! 🎉'],
  [{ progress: 90 }, 'Вы опережаете график.', 'You are ahead of schedule.'],
  [{ dueDate: '2027-02-01' }, 'Срок прошёл.', 'The date has passed.'],
  [{ dueDate: null }, 'Срок не задан.', 'There is no date.'],
])('a pace in words: %o', (more, russian, english) => {
  expect(reviewText(goal(more), '2027-02-20', 'ru')).toContain(russian);
  expect(reviewText(goal(more), '2027-02-20', 'en')).toContain(english);
});
