import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  actOn,
  leftOf,
  passTime,
  startPomodoro,
  UNNOTICED_MS,
  USUAL_PLAN,
  type EndedPhase,
  type Pomodoro,
  type PomodoroAction,
} from './pomodoro.ts';

const MIN = 60_000;
const atMinute = (n: number): number => n * MIN;

/** Lets time pass minute by minute, as a workflow does that is never late. */
function runTo(pomodoro: Pomodoro, fromMs: number, toMs: number) {
  const ended: EndedPhase[] = [];
  let now = pomodoro;
  for (let at = fromMs; at <= toMs; at += MIN) {
    const step = passTime(now, at);
    now = step.pomodoro;
    if (step.ended !== null) ended.push(step.ended);
  }
  return { pomodoro: now, ended };
}

test('four rounds with short breaks, a long one, and the session is over', () => {
  const { pomodoro, ended } = runTo(startPomodoro(USUAL_PLAN, 0), 0, atMinute(140));
  expect(ended.map(({ phase, endedAtMs }) => [phase, endedAtMs / MIN])).toEqual([
    ...[
      ['focus', 25],
      ['short-break', 30],
      ['focus', 55],
      ['short-break', 60],
    ],
    ...[
      ['focus', 85],
      ['short-break', 90],
      ['focus', 115],
      ['long-break', 130],
    ],
  ]);
  expect(pomodoro.state).toBe('over');
});

test('a pause does not count, and what was left is left after it', () => {
  const pausedAt10 = actOn(startPomodoro(USUAL_PLAN, 0), 'pause', atMinute(10)).pomodoro;
  expect(leftOf(pausedAt10, atMinute(500))).toBe(atMinute(15));
  const again = actOn(pausedAt10, 'resume', atMinute(60)).pomodoro;
  expect(passTime(again, atMinute(74)).ended).toBeNull();
  expect(passTime(again, atMinute(75)).ended).toEqual({
    phase: 'focus',
    endedAtMs: atMinute(75),
    ms: atMinute(25),
    whole: true,
  });
});

test('a phase that ended while the program was down counts, and the next one waits for the person', () => {
  const { pomodoro, ended } = passTime(startPomodoro(USUAL_PLAN, 0), atMinute(25) + UNNOTICED_MS + 1);
  expect(ended).toMatchObject({ phase: 'focus', endedAtMs: atMinute(25), whole: true });
  expect(pomodoro).toMatchObject({ phase: 'short-break', state: 'paused', leftMs: atMinute(5) });
});

test('what is left is never more than the whole phase', () => {
  expect(leftOf(startPomodoro(USUAL_PLAN, 500), 0)).toBe(atMinute(25));
});

test('a short delay does not shift what follows', () => {
  const { pomodoro } = passTime(startPomodoro(USUAL_PLAN, 0), atMinute(25) + 900);
  expect(pomodoro).toMatchObject({ phase: 'short-break', endsAtMs: atMinute(30) });
});

test('skipping goes to the next phase and counts only what ran', () => {
  const { pomodoro, ended } = actOn(startPomodoro(USUAL_PLAN, 0), 'skip', atMinute(7));
  expect(ended).toEqual({ phase: 'focus', endedAtMs: atMinute(7), ms: atMinute(7), whole: false });
  expect(pomodoro).toMatchObject({ phase: 'short-break', endsAtMs: atMinute(12) });
});

test('what is over cannot be resumed, and stopping it twice is once', () => {
  const { pomodoro } = actOn(startPomodoro(USUAL_PLAN, 0), 'stop', atMinute(1));
  expect(actOn(pomodoro, 'stop', atMinute(2))).toEqual({ pomodoro, ended: null });
  expect(() => actOn(pomodoro, 'resume', atMinute(2))).toThrow(/has ended/);
});

test('a plan out of range is refused by name', () => {
  expect(() => startPomodoro({ ...USUAL_PLAN, focusMinutes: 0 }, 0)).toThrow(/focusMinutes/);
  expect(() => startPomodoro({ ...USUAL_PLAN, rounds: 1.5 }, 0)).toThrow(/rounds/);
});

test('whatever is pressed, the time that phases ran never exceeds the time that passed', () => {
  const moves = fc.array(
    fc.record({
      waitMs: fc.integer({ min: 0, max: 40 * MIN }),
      action: fc.constantFrom<PomodoroAction | null>('pause', 'resume', 'skip', null),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(moves, (steps) => {
      let [now, pomodoro, ranMs] = [0, startPomodoro(USUAL_PLAN, 0), 0];
      for (const { waitMs, action } of steps) {
        now += waitMs;
        for (let step = passTime(pomodoro, now); step.ended !== null; step = passTime(pomodoro, now)) {
          pomodoro = step.pomodoro;
          ranMs += step.ended.ms;
        }
        if (pomodoro.state === 'over') break;
        if (action === null) continue;
        const step = actOn(pomodoro, action, now);
        pomodoro = step.pomodoro;
        ranMs += step.ended?.ms ?? 0;
      }
      expect(ranMs).toBeLessThanOrEqual(now);
      expect(pomodoro.state === 'running').toBe(pomodoro.endsAtMs !== null);
      expect(pomodoro.state === 'paused').toBe(pomodoro.leftMs !== null);
    }),
  );
});
