import type { Language } from '../../accounts/language.ts';
import { html, safe } from '../../shared/html.ts';
import type { Button, Keyboard } from '../../shared/keyboard.ts';
import { buttonData, shortId } from '../button-data.ts';
import type { WallDate } from '../zoned-time.ts';
import { THOUSANDTHS, type HabitGoal } from './habit-history.ts';
import type { DayState, HabitStatistics } from './habit-statistics.ts';
import { isSettled } from './habit-statistics.ts';
import { amountIn, goalIn, numberIn, percentIn, streakIn } from './habit-words.ts';
import type { Habit } from './habit.ts';
import { aimOf } from './micro-goal.ts';

const TEXTS = {
  ru: {
    done: '✅ Готово',
    skip: '⏭ Пропустить',
    other: '✏️ Другое число',
    settled: {
      done: 'сделано',
      implied: 'уже в норме',
      over: 'больше нормы',
      frozen: 'пропуск, серия цела',
      no: 'не сегодня',
    },
    late: 'Спрашиваю с опозданием: раньше не получилось.',
    progress: (amount: string, target: string) => `${amount} из ${target}`,
    strength: (share: string) => `сила ${share}`,
    streak: (days: string) => `серия ${days}`,
    raise: (name: string, share: string) => html`💪 <b>${name}</b> держится крепко: сила ${share}.`,
    raiseTo: (now: string, next: string) => `Сделаем шаг побольше: ${now} → ${next}?`,
    raiseYes: 'Да, давай',
    raiseNo: 'Пока рано',
    week: (name: string) => html`📊 <b>${name}</b>: как прошла неделя`,
  },
  en: {
    done: '✅ Done',
    skip: '⏭ Skip',
    other: '✏️ Other number',
    settled: {
      done: 'done',
      implied: 'on track already',
      over: 'over the limit',
      frozen: 'skipped, the streak is safe',
      no: 'not today',
    },
    late: 'I ask late: it was not possible before.',
    progress: (amount: string, target: string) => `${amount} of ${target}`,
    strength: (share: string) => `strength ${share}`,
    streak: (days: string) => `streak ${days}`,
    raise: (name: string, share: string) => html`💪 <b>${name}</b> holds well: strength ${share}.`,
    raiseTo: (now: string, next: string) => `A bigger step: ${now} → ${next}?`,
    raiseYes: 'Yes, let’s',
    raiseNo: 'Not yet',
    week: (name: string) => html`📊 <b>${name}</b>: how the week went`,
  },
} as const;

export interface HabitNotice {
  readonly html: string;
  readonly keyboard: Keyboard;
}

/** A habit on one of its days. */
export interface ShownDay {
  readonly habit: Habit;
  readonly day: WallDate;
  readonly state: DayState;
  readonly statistics: HabitStatistics;
}

/** A date in buttons, `YYYYMMDD`. */
export const dayDigits = (day: WallDate): string => day.replaceAll('-', '');

/** An amount in buttons, short however large it is: thousandths in base 36; `-` = none is known. */
export const amountCode = (amount: number | null): string =>
  amount === null ? '-' : Math.round(amount * THOUSANDTHS).toString(36);

/** The amount of `amountCode`; undefined = this is none. */
export function amountOfCode(code: string): number | null | undefined {
  if (code === '-') return null;
  return /^[0-9a-z]{1,9}$/.test(code) ? Number.parseInt(code, 36) / THOUSANDTHS : undefined;
}

/** What a prompt says; once the day is settled, what became of it, without buttons. */
export function promptNotice(shown: ShownDay, language: Language, { late = false } = {}): HabitNotice {
  const { habit, state } = shown;
  const texts = TEXTS[language];
  if (isSettled(state)) return { html: settledText(shown, language), keyboard: [] };
  const question = habit.question === null ? [] : [html`${habit.question}`];
  const lines = [
    html`🔁 <b>${habit.name}</b>`,
    ...question,
    ...(late ? [`<i>${texts.late}</i>`] : []),
    ...progressLine(shown, language),
    figuresLine(shown.statistics, language),
  ];
  return { html: lines.filter((line) => line !== '').join('\n'), keyboard: dayKeyboard(shown, language) };
}

/** What became of a day, in one message. */
export function settledText(shown: ShownDay, language: Language): string {
  const { habit, state, statistics } = shown;
  const { settled } = TEXTS[language];
  const word = state.standing === 'open' || state.standing === 'partly' ? settled.no : settled[state.standing];
  const sign = { done: '✅', implied: '✅', over: '⚠️', frozen: '⏭', open: '▫️', partly: '▫️' }[state.standing];
  const amount = habit.kind === 'yes-no' ? [] : progressLine(shown, language);
  return [html`${sign} <b>${habit.name}</b> — ${word}`, ...amount, figuresLine(statistics, language)]
    .filter((line) => line !== '')
    .join('\n');
}

function progressLine({ habit, state }: ShownDay, language: Language): string[] {
  const goal = habit.goals.at(-1);
  if (habit.kind === 'yes-no' || goal === undefined) return [];
  const target = amountIn(language, habit.unit, goal.target ?? 0);
  const progress = TEXTS[language].progress(numberIn(language, state.amount), target);
  return [html`${progress}`];
}

/** `серия 5 дней · сила 43 %`; empty when there is nothing to show yet. */
export function figuresLine({ streak, strength }: HabitStatistics, language: Language): string {
  const texts = TEXTS[language];
  const parts = [
    ...(streak === null ? [] : [texts.streak(streakIn(language, streak))]),
    ...(strength < 0.005 ? [] : [texts.strength(percentIn(language, strength))]),
  ];
  return parts.length === 0 ? '' : `🔥 ${parts.join(' · ')}`;
}

/** Buttons of a day that is open. An amount's button names what was there before: pressed on an old message it adds nothing. */
export function dayKeyboard({ habit, day, state }: ShownDay, language: Language): Keyboard {
  const texts = TEXTS[language];
  const about = [shortId(habit.id), dayDigits(day)] as const;
  const skip = press(texts.skip, 'habit.skip', ...about);
  if (habit.kind === 'yes-no') return [[press(texts.done, 'habit.done', ...about), skip]];
  const before = typeof state.mark === 'number' ? state.mark : 0;
  const known = amountCode(typeof state.mark === 'number' ? state.mark : null);
  const adds = stepsOf(habit, state.amount).map((step) =>
    press(`+${amountIn(language, habit.unit, step)}`, 'habit.set', ...about, amountCode(before + step), known),
  );
  const none =
    habit.kind === 'at-most' && state.mark === null ? [press('0', 'habit.set', ...about, amountCode(0), known)] : [];
  return [
    [...none, ...adds],
    [press(texts.other, 'habit.other', ...about), skip],
  ];
}

/** What the buttons add: one press, and what is missing to the goal. */
function stepsOf({ kind, goals, pressAdds }: Habit, amount: number): number[] {
  const target = goals.at(-1)?.target ?? 0;
  const step = pressAdds ?? 1;
  const missing = tidy(target - amount);
  return kind === 'at-least' && missing > 0 && missing !== step ? [step, missing] : [step];
}

/** Proposes the next step of a micro-goal. */
export function raiseNotice(
  habit: Habit,
  next: HabitGoal,
  given: { readonly strength: number; readonly language: Language },
): HabitNotice {
  const { strength, language } = given;
  const texts = TEXTS[language];
  const aim = String(aimOf(habit.kind, next));
  const now = habit.goals.at(-1) ?? next;
  const step = texts.raiseTo(goalIn(language, habit, now), goalIn(language, habit, next));
  return {
    html: [texts.raise(habit.name, percentIn(language, strength)), html`${step}`].join('\n'),
    keyboard: [
      [
        press(texts.raiseYes, 'habit.raise', shortId(habit.id), aim, 'yes'),
        press(texts.raiseNo, 'habit.raise', shortId(habit.id), aim, 'no'),
      ],
    ],
  };
}

/** Stands under the week's picture. */
export const weekCaption = (habit: Habit, statistics: HabitStatistics, language: Language): string =>
  html`${safe(TEXTS[language].week(habit.name), figuresLine(statistics, language))}`.trim();

const press = (text: string, action: string, ...args: readonly string[]): Button => ({
  kind: 'press',
  text,
  data: buttonData(action, ...args),
});
const tidy = (value: number): number => Math.round(value * 1000) / 1000;
