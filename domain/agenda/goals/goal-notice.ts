import type { Language } from '../../accounts/language.ts';
import { escapeHtml, html } from '../../shared/html.ts';
import type { Keyboard } from '../../shared/keyboard.ts';
import { buttonData, shortId } from '../button-data.ts';
import type { Advice } from './advice.ts';
import { reviewGoal, shareOf, type CheckInQuestion, type GoalStanding, type Pace, type ReviewPoint } from './goal.ts';

const TEXTS = {
  ru: {
    checkIn: (title: string) => html`🎯 <b>${title}</b>`,
    questions: {
      'first-step': 'С какого самого маленького шага можно начать на этой неделе?',
      'what-moved': 'Что на этой неделе сильнее всего продвинуло к цели?',
      'what-hinders': 'Что сейчас мешает двигаться — и что из этого можно убрать?',
      'last-stretch': 'Осталось совсем немного. Что доведёт дело до конца?',
      'next-step': 'Какой следующий шаг — и когда он случится?',
    },
    answer: '✍️ Ответить',
    progress: '📈 Отметить прогресс',
    standing: (done: string, target: string, percent: number) => `Сейчас: ${done} из ${target} (${percent} %)`,
    percent: (percent: number) => `Сейчас: ${percent} %`,
    paces: {
      reached: 'Цель достигнута. Поздравляю! 🎉',
      ahead: 'Вы опережаете график.',
      'on-track': 'Всё по графику.',
      behind: 'Пока медленнее, чем нужно к сроку.',
      overdue: 'Срок прошёл. Можно перенести дату или сделать цель меньше — это тоже решение.',
      'no-date': 'Срок не задан. С датой двигаться обычно проще.',
    },
    perWeek: (amount: string) => `Чтобы успеть, нужно ${amount} в неделю.`,
    stalled: (weeks: number) =>
      `Прогресс стоит на месте недель подряд: ${weeks}. Помогает шаг на 15 минут, назначенный на конкретный день.`,
    moving: (by: string) => `С прошлой недели: +${by}. Хороший ход.`,
    next: (title: string) => `Следующая веха: ${title}.`,
    noMilestones: 'Разбейте цель на 3–5 вех — так видно, что делать дальше.',
    advice: {
      rules: '💡 Это совет по вашим данным, а не указание.',
      model: '🤖 Это совет от модели по вашим данным, а не указание.',
    },
    percentUnit: '%',
  },
  en: {
    checkIn: (title: string) => html`🎯 <b>${title}</b>`,
    questions: {
      'first-step': 'What is the smallest step you could begin with this week?',
      'what-moved': 'What moved you forward most this week?',
      'what-hinders': 'What is in the way now — and which part of it could go?',
      'last-stretch': 'Almost there. What will bring it home?',
      'next-step': 'What is the next step — and when will it happen?',
    },
    answer: '✍️ Answer',
    progress: '📈 Note progress',
    standing: (done: string, target: string, percent: number) => `Now: ${done} of ${target} (${percent}%)`,
    percent: (percent: number) => `Now: ${percent}%`,
    paces: {
      reached: 'You have reached it. Congratulations! 🎉',
      ahead: 'You are ahead of schedule.',
      'on-track': 'Right on schedule.',
      behind: 'Slower than the date needs, so far.',
      overdue: 'The date has passed. Moving it, or making the goal smaller, is a decision too.',
      'no-date': 'There is no date. One usually makes it easier.',
    },
    perWeek: (amount: string) => `To be in time it takes ${amount} a week.`,
    stalled: (weeks: number) => `No progress for weeks in a row: ${weeks}. A 15-minute step on a fixed day helps.`,
    moving: (by: string) => `Since last week: +${by}. A good move.`,
    next: (title: string) => `Next milestone: ${title}.`,
    noMilestones: 'Break the goal into 3–5 milestones, so that the next thing to do is in sight.',
    advice: {
      rules: '💡 This is advice from your own data, not an order.',
      model: '🤖 This is advice of a model from your own data, not an order.',
    },
    percentUnit: '%',
  },
} as const;

/** The weekly question, with ways to answer it. */
export function checkInMessage(
  goal: GoalStanding & { readonly id: string },
  { question, date }: { readonly question: CheckInQuestion; readonly date: string },
  language: Language,
): { readonly html: string; readonly keyboard: Keyboard } {
  const texts = TEXTS[language];
  const key = [shortId(goal.id), date.replaceAll('-', '')];
  const press = (text: string, action: string) => ({ kind: 'press', text, data: buttonData(action, ...key) }) as const;
  return {
    html: [texts.checkIn(goal.title), standingText(goal, language), '', texts.questions[question]].join('\n'),
    keyboard: [[press(texts.answer, 'goal.answer'), press(texts.progress, 'goal.progress')]],
  };
}

/** The question alone, plain text. */
export const questionText = (question: CheckInQuestion, language: Language): string =>
  TEXTS[language].questions[question];

/** `Now: 30 of 100 km (30%)`, HTML. */
export function standingText(goal: GoalStanding, language: Language): string {
  const texts = TEXTS[language];
  const percent = Math.round(shareOf(goal) * 100);
  if (goal.unit === null) return texts.percent(percent);
  const [done, target] = [amountText(goal.progress, null, language), amountText(goal.target, goal.unit, language)];
  return escapeHtml(texts.standing(done, target, percent));
}

/** The review by rules, plain text. */
export const rulesAdvice = (goal: GoalStanding, today: string, language: Language): string =>
  reviewGoal(goal, today)
    .flatMap((point) => pointLines(point, goal, language))
    .join('\n');

/** Advice with the goal that it is on, HTML, labelled as what it is. */
export function adviceText(goal: GoalStanding, { text, source }: Advice, language: Language): string {
  const texts = TEXTS[language];
  const label = texts.advice[source];
  return [texts.checkIn(goal.title), standingText(goal, language), '', escapeHtml(text), '', label].join('\n');
}

/** The review by rules in words, HTML, labelled as advice. */
export const reviewText = (goal: GoalStanding, today: string, language: Language): string =>
  adviceText(goal, { source: 'rules', text: rulesAdvice(goal, today, language) }, language);

function pointLines(point: ReviewPoint, { unit }: GoalStanding, language: Language): string[] {
  const texts = TEXTS[language];
  switch (point.kind) {
    case 'pace': {
      const needed = point.perWeek === null ? [] : [texts.perWeek(amountText(point.perWeek, unit ?? '%', language))];
      return [paceText(point.pace, language), ...needed];
    }
    case 'stalled':
      return [texts.stalled(point.weeks)];
    case 'moving':
      return [texts.moving(amountText(point.by, unit ?? '%', language))];
    case 'next-milestone':
      return [texts.next(point.title)];
    case 'no-milestones':
      return [texts.noMilestones];
  }
}

/** The pace in a sentence. */
export const paceText = (pace: Pace, language: Language): string => TEXTS[language].paces[pace];

function amountText(amount: number, unit: string | null, language: Language): string {
  const number = new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { maximumFractionDigits: 1 }).format(
    amount,
  );
  return unit === null ? number : `${number} ${unit}`;
}
