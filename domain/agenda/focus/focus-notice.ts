import type { Language } from '../../accounts/language.ts';
import type { Keyboard } from '../../shared/keyboard.ts';
import { buttonData, shortId } from '../button-data.ts';
import { leftOf, type EndedPhase, type Pomodoro } from './pomodoro.ts';

/** A session as a message shows it. */
export interface ShownSession {
  readonly id: string;
  readonly pomodoro: Pomodoro;
  /** Phases that have ended. */
  readonly steps: number;
  /** HTML-safe; null = no task. */
  readonly task: string | null;
}

const TEXTS = {
  ru: {
    running: {
      focus: (left: string, round: string) => `🍅 <b>Фокус</b> ${round} · осталось ${left}`,
      'short-break': (left: string) => `☕ <b>Перерыв</b> · осталось ${left}`,
      'long-break': (left: string) => `🌿 <b>Большой перерыв</b> · осталось ${left}`,
    },
    ended: {
      focus: 'Готово — хороший раунд! 👏',
      'short-break': 'Перерыв закончился, пора за дело.',
      'long-break': 'Большой перерыв закончился.',
    },
    paused: (left: string) => `⏸ <b>Пауза</b> · осталось ${left}`,
    waits: 'Пока меня не было, этап закончился. Продолжим, когда будет удобно.',
    over: (rounds: number) => `🏁 Сессия завершена · раундов: ${rounds}`,
    task: (task: string) => `Задача: ${task}`,
    minutes: (n: number) => `${n} мин`,
    pause: '⏸ Пауза',
    resume: '▶️ Продолжить',
    skip: '⏭ Дальше',
    stop: '⏹ Закончить',
    again: '🍅 Ещё раз',
  },
  en: {
    running: {
      focus: (left: string, round: string) => `🍅 <b>Focus</b> ${round} · ${left} left`,
      'short-break': (left: string) => `☕ <b>Short break</b> · ${left} left`,
      'long-break': (left: string) => `🌿 <b>Long break</b> · ${left} left`,
    },
    ended: {
      focus: 'Done — a good round! 👏',
      'short-break': 'The break is over, back to it.',
      'long-break': 'The long break is over.',
    },
    paused: (left: string) => `⏸ <b>Paused</b> · ${left} left`,
    waits: 'This part ended while I was away. We go on whenever it suits you.',
    over: (rounds: number) => `🏁 Session over · rounds: ${rounds}`,
    task: (task: string) => `Task: ${task}`,
    minutes: (n: number) => `${n} min`,
    pause: '⏸ Pause',
    resume: '▶️ Go on',
    skip: '⏭ Next',
    stop: '⏹ Finish',
    again: '🍅 Once more',
  },
} as const;

const MINUTE_MS = 60_000;

/** How a session stands, with what it can be told. */
export function sessionMessage(
  { id, pomodoro, steps, task }: ShownSession,
  language: Language,
  nowMs: number,
): { readonly html: string; readonly keyboard: Keyboard } {
  const texts = TEXTS[language];
  const { state, phase, round, plan } = pomodoro;
  const left = texts.minutes(Math.ceil(leftOf(pomodoro, nowMs) / MINUTE_MS));
  const press = (text: string, action: string) => ({
    ...({ kind: 'press', text } as const),
    data: buttonData(`focus.${action}`, shortId(id), String(steps)),
  });
  const lines = task === null ? [] : [texts.task(task)];
  if (state === 'over') {
    const again = { kind: 'press', text: texts.again, data: buttonData('focus.start') } as const;
    return { html: [texts.over(roundsDone(pomodoro)), ...lines].join('\n'), keyboard: [[again]] };
  }
  const isPaused = state === 'paused';
  const heading = isPaused ? texts.paused(left) : texts.running[phase](left, `${round}/${plan.rounds}`);
  const hold = isPaused ? press(texts.resume, 'resume') : press(texts.pause, 'pause');
  return {
    html: [heading, ...lines].join('\n'),
    keyboard: [[hold, press(texts.skip, 'skip')], [press(texts.stop, 'stop')]],
  };
}

/** Told when a phase ends by itself: what ended, and what begins. */
export function phaseNotice(
  shown: ShownSession,
  ended: EndedPhase,
  { language, nowMs }: { readonly language: Language; readonly nowMs: number },
): { readonly html: string; readonly keyboard: Keyboard } {
  const texts = TEXTS[language];
  const { html, keyboard } = sessionMessage(shown, language, nowMs);
  const waits = shown.pomodoro.state === 'paused' ? [texts.waits] : [];
  return { html: [texts.ended[ended.phase], ...waits, html].join('\n'), keyboard };
}

/** Focus phases that are behind; the one that was cut short by the end does not count. */
const roundsDone = ({ phase, round }: Pomodoro): number => (phase === 'focus' ? round - 1 : round);
