import type { Language } from '../../accounts/language.ts';
import { escapeHtml } from '../../shared/html.ts';
import { timeOf, type DayTask } from './day-plan.ts';
import type { DayHabit, DayItem, DayView, WeekView } from './day-view.ts';

const MINUTE_MS = 60_000;
/** Lines of one kind at most; the rest is counted. */
const MOST_LINES = 12;

const TEXTS = {
  ru: {
    heading: (date: string) => `📅 <b>${date}</b>`,
    morning: 'Доброе утро! План на сегодня:',
    evening: 'Итоги дня:',
    items: 'По времени',
    overdue: 'Просрочено',
    due: 'На сегодня',
    top: 'Самое важное',
    habits: 'Привычки',
    slots: 'Свободно',
    done: 'Сделано',
    left: 'Осталось',
    focus: (rounds: number, time: string) => `🍅 Фокус: ${time} · раундов: ${rounds}`,
    more: (n: number) => `… и ещё ${n}`,
    empty: 'На сегодня ничего не запланировано. Можно просто написать, о чём напомнить.',
    nothingDone: 'Сегодня ничего не отмечено — бывает. Завтра новый день.',
    week: (span: string) => `📊 <b>Неделя ${span}</b>`,
    tasksDone: (n: number) => `✅ Задач сделано: ${n}`,
    remindersDone: (n: number) => `🔔 Напоминаний выполнено: ${n}`,
    habitDays: (name: string, days: number) => `• ${name}: ${days} из 7 дней`,
    hours: (h: number, m: number) =>
      [h > 0 ? `${h} ч` : '', m > 0 || h === 0 ? `${m} мин` : ''].filter(Boolean).join(' '),
  },
  en: {
    heading: (date: string) => `📅 <b>${date}</b>`,
    morning: 'Good morning! The plan for today:',
    evening: 'How the day went:',
    items: 'By time',
    overdue: 'Overdue',
    due: 'Due today',
    top: 'Matters most',
    habits: 'Habits',
    slots: 'Free',
    done: 'Done',
    left: 'Still open',
    focus: (rounds: number, time: string) => `🍅 Focus: ${time} · rounds: ${rounds}`,
    more: (n: number) => `… and ${n} more`,
    empty: 'Nothing is planned for today. Just write what to remind you of.',
    nothingDone: 'Nothing is ticked today — it happens. Tomorrow is a new day.',
    week: (span: string) => `📊 <b>The week ${span}</b>`,
    tasksDone: (n: number) => `✅ Tasks done: ${n}`,
    remindersDone: (n: number) => `🔔 Reminders done: ${n}`,
    habitDays: (name: string, days: number) => `• ${name}: ${days} of 7 days`,
    hours: (h: number, m: number) =>
      [h > 0 ? `${h} h` : '', m > 0 || h === 0 ? `${m} min` : ''].filter(Boolean).join(' '),
  },
} as const;

const LOCALES = { ru: 'ru-RU', en: 'en-GB' } as const;
const HABIT_SIGNS = { done: '✅', open: '⬜', skipped: '➖', resting: '🌙' } as const;

/** `Wednesday, 10 March` in the language. */
export const dayName = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    ...{ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' },
  }).format(Date.parse(`${date}T00:00:00Z`));

/** The whole day as `/today` shows it, HTML. */
export function dayText(view: DayView, language: Language): string {
  const texts = TEXTS[language];
  const body = [...planned(view, language), ...(view.focus.rounds > 0 ? [focusLine(view, language)] : [])];
  return [texts.heading(dayName(view.date, language)), ...(body.length === 0 ? [texts.empty] : body)].join('\n\n');
}

/** The plan that comes in the morning, HTML. */
export function morningText(view: DayView, language: Language): string {
  const texts = TEXTS[language];
  const body = planned(view, language);
  const heading = texts.heading(dayName(view.date, language));
  return [heading, ...(body.length === 0 ? [texts.empty] : [texts.morning, ...body])].join('\n\n');
}

/** The review that comes in the evening, HTML. */
export function eveningText(view: DayView, language: Language): string {
  const texts = TEXTS[language];
  const { plan, done, habits, focus } = view;
  const parts = [
    section(
      texts.done,
      done.map((title) => `✅ ${escapeHtml(title)}`),
      language,
    ),
    section(texts.habits, habits.map(habitLine), language),
    ...(focus.focusedMs > 0 ? [focusLine(view, language)] : []),
    section(texts.left, [...plan.overdue, ...plan.due].map(taskLine), language),
  ].filter((part) => part !== '');
  const isIdle = done.length === 0 && focus.focusedMs === 0 && habits.every(({ standing }) => standing !== 'done');
  const heading = texts.heading(dayName(view.date, language));
  return [heading, isIdle ? texts.nothingDone : texts.evening, ...parts].join('\n\n');
}

/** The week in figures, HTML. */
export function weeklyText(week: WeekView, language: Language): string {
  const texts = TEXTS[language];
  const short = new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const span = [week.from, week.to].map((date) => short.format(Date.parse(`${date}T00:00:00Z`))).join(' – ');
  const lines = [
    texts.tasksDone(week.tasksDone),
    texts.remindersDone(week.remindersDone),
    texts.focus(week.focus.rounds, spanText(week.focus.focusedMs, language)),
  ];
  const habits = week.habits.map(({ name, days }) => texts.habitDays(escapeHtml(name), days));
  return [texts.week(span), lines.join('\n'), section(texts.habits, habits, language)].filter(Boolean).join('\n\n');
}

/** Focused time in hours and minutes. */
export function spanText(ms: number, language: Language): string {
  const minutes = Math.round(ms / MINUTE_MS);
  return TEXTS[language].hours(Math.floor(minutes / 60), minutes % 60);
}

const focusLine = ({ focus }: DayView, language: Language): string =>
  TEXTS[language].focus(focus.rounds, spanText(focus.focusedMs, language));

function planned({ plan, items, habits }: DayView, language: Language): string[] {
  const texts = TEXTS[language];
  const slots = plan.slots.map(({ from, to }) => `${timeOf(from)}–${timeOf(to)}`).join(', ');
  return [
    section(texts.items, items.map(itemLine), language),
    section(texts.overdue, plan.overdue.map(taskLine), language),
    section(texts.due, plan.due.map(taskLine), language),
    section(texts.top, plan.top.map(taskLine), language),
    section(texts.habits, habits.map(habitLine), language),
    ...(slots === '' || (items.length === 0 && plan.due.length === 0) ? [] : [`<b>${texts.slots}</b>\n${slots}`]),
  ].filter((part) => part !== '');
}

function section(title: string, lines: readonly string[], language: Language): string {
  if (lines.length === 0) return '';
  const hidden = lines.length - MOST_LINES;
  const rest = hidden > 0 ? [TEXTS[language].more(hidden)] : [];
  return [`<b>${title}</b>`, ...lines.slice(0, MOST_LINES), ...rest].join('\n');
}

const PRIORITY_SIGNS = ['', '🔴 ', '🟠 ', '🔵 ', ''];
const taskLine = ({ title, priority, dueTime }: DayTask): string =>
  `▫️ ${PRIORITY_SIGNS[priority ?? 0] ?? ''}${dueTime === null ? '' : `${dueTime} `}${escapeHtml(title)}`;

const habitLine = ({ name, standing }: DayHabit): string => `${HABIT_SIGNS[standing]} ${escapeHtml(name)}`;

const ITEM_SIGNS = { reminder: '🔔', event: '👥', occasion: '🎁' } as const;
function itemLine({ kind, time, title, state }: DayItem): string {
  const sign = state === 'done' ? '✅' : ITEM_SIGNS[kind];
  return `${sign} ${time === null ? '' : `${time} `}${escapeHtml(title)}`;
}
