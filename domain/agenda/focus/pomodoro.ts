import { DomainError } from '../../shared/errors.ts';

/** How long the parts of a session are, minutes, and how many rounds come before the long break (which ends the session). */
export interface PomodoroPlan {
  readonly focusMinutes: number;
  readonly shortBreakMinutes: number;
  readonly longBreakMinutes: number;
  readonly rounds: number;
}

/** As Francesco Cirillo described the technique. */
export const USUAL_PLAN: PomodoroPlan = { focusMinutes: 25, shortBreakMinutes: 5, longBreakMinutes: 15, rounds: 4 };

export type PomodoroPhase = 'focus' | 'short-break' | 'long-break';

/** Where a session stands; instants are ms since 1970. */
export interface Pomodoro {
  readonly plan: PomodoroPlan;
  readonly phase: PomodoroPhase;
  /** Of `plan.rounds`, from 1. */
  readonly round: number;
  readonly state: 'running' | 'paused' | 'over';
  /** When the phase ends; of a running session alone. */
  readonly endsAtMs: number | null;
  /** What is left of the phase; of a paused session alone. */
  readonly leftMs: number | null;
  /** When the phase began to run the last time. */
  readonly ranSinceMs: number;
  /** Time of this phase before that, ms; pauses do not count. */
  readonly ranMs: number;
}

/** A phase that has ended: `ms` is the time that it ran. */
export interface EndedPhase {
  readonly phase: PomodoroPhase;
  readonly endedAtMs: number;
  readonly ms: number;
  /** False: it was cut short. */
  readonly whole: boolean;
}

/** A step of a session: how it stands then, and what ended by it. */
export interface PomodoroStep {
  readonly pomodoro: Pomodoro;
  readonly ended: EndedPhase | null;
}

export type PomodoroAction = 'pause' | 'resume' | 'skip' | 'stop';

/** After a phase that ended so much earlier unnoticed (the program was down), the next one waits for the person. */
export const UNNOTICED_MS = 120_000;

const MINUTE_MS = 60_000;

/** @throws DomainError pomodoro-plan for minutes outside 1–180 or rounds outside 1–12 */
export function checkPlan(plan: PomodoroPlan): void {
  const { rounds, ...minutes } = plan;
  const wrong = Object.entries(minutes).find(([, value]) => !Number.isInteger(value) || value < 1 || value > 180);
  if (wrong !== undefined) throw new DomainError('pomodoro-plan', `${wrong[0]} must be a whole number from 1 to 180`);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 12)
    throw new DomainError('pomodoro-plan', 'rounds must be a whole number from 1 to 12');
}

/** Begins with the first focus. @throws DomainError pomodoro-plan */
export function startPomodoro(plan: PomodoroPlan, nowMs: number): Pomodoro {
  checkPlan(plan);
  return beginPhase({ plan, phase: 'focus', round: 1 }, nowMs);
}

/** Lets time pass: ends the phase when its time is over. At most one phase ends at a time; ask again. */
export function passTime(pomodoro: Pomodoro, nowMs: number): PomodoroStep {
  const { endsAtMs } = pomodoro;
  if (endsAtMs === null || nowMs < endsAtMs) return { pomodoro, ended: null };
  const ms = pomodoro.ranMs + (endsAtMs - pomodoro.ranSinceMs);
  const ended = { phase: pomodoro.phase, endedAtMs: endsAtMs, ms, whole: true };
  const unnoticed = nowMs - endsAtMs > UNNOTICED_MS;
  const next = nextPhase(pomodoro, unnoticed ? nowMs : endsAtMs);
  return { pomodoro: unnoticed && next.state === 'running' ? paused(next, nowMs) : next, ended };
}

/**
 * Does what the person asks. What has been done already is no error: a button may be pressed twice.
 * @throws DomainError focus-over when the session has ended
 */
export function actOn(pomodoro: Pomodoro, action: PomodoroAction, nowMs: number): PomodoroStep {
  if (pomodoro.state === 'over') {
    if (action === 'stop') return { pomodoro, ended: null };
    throw new DomainError('focus-over', 'this session has ended; start a new one');
  }
  switch (action) {
    case 'pause':
      return { pomodoro: pomodoro.state === 'running' ? paused(pomodoro, nowMs) : pomodoro, ended: null };
    case 'resume':
      return { pomodoro: pomodoro.state === 'paused' ? resumed(pomodoro, nowMs) : pomodoro, ended: null };
    case 'skip':
      return { pomodoro: nextPhase(pomodoro, nowMs), ended: cutShort(pomodoro, nowMs) };
    case 'stop':
      return { pomodoro: over(pomodoro, nowMs), ended: cutShort(pomodoro, nowMs) };
  }
}

/** What is left of the phase, ms. */
export const leftOf = ({ plan, phase, endsAtMs, leftMs }: Pomodoro, nowMs: number): number =>
  // Who asks may have looked at the clock before the phase began.
  leftMs ?? Math.min(lengthOf(phase, plan), Math.max(0, (endsAtMs ?? nowMs) - nowMs));

const lengthOf = (phase: PomodoroPhase, plan: PomodoroPlan): number =>
  MINUTE_MS *
  { focus: plan.focusMinutes, 'short-break': plan.shortBreakMinutes, 'long-break': plan.longBreakMinutes }[phase];

function beginPhase({ plan, phase, round }: Pick<Pomodoro, 'plan' | 'phase' | 'round'>, atMs: number): Pomodoro {
  const endsAtMs = atMs + lengthOf(phase, plan);
  return { plan, phase, round, state: 'running', endsAtMs, leftMs: null, ranSinceMs: atMs, ranMs: 0 };
}

function nextPhase(pomodoro: Pomodoro, atMs: number): Pomodoro {
  const { plan, phase, round } = pomodoro;
  if (phase === 'long-break') return over(pomodoro, atMs);
  if (phase === 'short-break') return beginPhase({ plan, phase: 'focus', round: round + 1 }, atMs);
  return beginPhase({ plan, phase: round < plan.rounds ? 'short-break' : 'long-break', round }, atMs);
}

const ranBy = (pomodoro: Pomodoro, nowMs: number): number =>
  pomodoro.ranMs + (pomodoro.state === 'running' ? Math.max(0, nowMs - pomodoro.ranSinceMs) : 0);

const paused = (pomodoro: Pomodoro, nowMs: number): Pomodoro => ({
  ...pomodoro,
  ...{ state: 'paused', endsAtMs: null, leftMs: leftOf(pomodoro, nowMs), ranMs: ranBy(pomodoro, nowMs) },
});

const resumed = (pomodoro: Pomodoro, nowMs: number): Pomodoro => ({
  ...pomodoro,
  ...{ state: 'running', endsAtMs: nowMs + leftOf(pomodoro, nowMs), leftMs: null, ranSinceMs: nowMs },
});

const over = (pomodoro: Pomodoro, nowMs: number): Pomodoro => ({
  ...pomodoro,
  ...{ state: 'over', endsAtMs: null, leftMs: null, ranMs: ranBy(pomodoro, nowMs) },
});

const cutShort = (pomodoro: Pomodoro, nowMs: number): EndedPhase => ({
  phase: pomodoro.phase,
  endedAtMs: nowMs,
  ms: ranBy(pomodoro, nowMs),
  whole: false,
});
