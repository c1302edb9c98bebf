import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DayMark, HabitHistory, HabitKind } from './habit-history.ts';
import { strengthSeries } from './habit-strength.ts';
import { streaksOf } from './habit-streaks.ts';
import { impliedDays } from './implied-days.ts';

const TODAY = 20_000;
const never = () => false;

const goal = (kind: HabitKind) =>
  fc
    .record({ days: fc.integer({ min: 1, max: 31 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ days, share }) =>
      kind === 'yes-no'
        ? { since: null, times: Math.max(1, Math.round(share * days)), days, target: null }
        : { since: null, times: 1, days, target: 1 + Math.round(share * 20) },
    );
const mark = (kind: HabitKind): fc.Arbitrary<DayMark> =>
  kind === 'yes-no'
    ? fc.constantFrom('done', 'no', 'skip')
    : fc.oneof(
        fc.constant('skip' as const),
        fc.integer({ min: 0, max: 30_000 }).map((n) => n / 1000),
      );
const history: fc.Arbitrary<HabitHistory> = fc.constantFrom<HabitKind>('yes-no', 'at-least', 'at-most').chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    goals: fc.tuple(goal(kind)),
    marks: fc
      .array(fc.tuple(fc.integer({ min: TODAY - 300, max: TODAY }), mark(kind)), { maxLength: 120 })
      .map((days) => new Map(days)),
    isFrozen: fc.constantFrom(never, (day: number) => day % 7 === 0),
  }),
);
const day = fc.integer({ min: TODAY - 300, max: TODAY });
const withMark = (given: HabitHistory, on: number, as: DayMark): HabitHistory => ({
  ...given,
  marks: new Map(given.marks).set(on, as),
});

describe('strength', () => {
  it('is between 0 and 1 on every day', () => {
    fc.assert(
      fc.property(history, (given) => {
        for (const score of strengthSeries(given, TODAY).scores) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('stays as it was on a day that is skipped', () => {
    fc.assert(
      fc.property(history, day, (given, skipped) => {
        const { from, on } = strengthSeries(withMark(given, skipped, 'skip'), TODAY);
        if (skipped > from) expect(on(skipped)).toBe(on(skipped - 1));
      }),
    );
  });

  it('never falls, on any day, when one more day is done', () => {
    const yesNo = history.filter(({ kind }) => kind === 'yes-no');
    fc.assert(
      fc.property(yesNo, day, (given, done) => {
        fc.pre(given.marks.get(done) !== 'skip' && !given.isFrozen(done));
        const before = strengthSeries(given, TODAY);
        const after = strengthSeries(withMark(given, done, 'done'), TODAY);
        for (let at = TODAY - 300; at <= TODAY; at += 1) expect(after.on(at) - before.on(at)).toBeGreaterThan(-1e-12);
      }),
    );
  });

  it('never falls when a habit «at least» gets more, and never rises when one «at most» does', () => {
    const measured = history.filter(({ kind }) => kind !== 'yes-no');
    fc.assert(
      fc.property(measured, day, fc.integer({ min: 1, max: 9 }), (given, on, more) => {
        const known = given.marks.get(on);
        const before = withMark(given, on, typeof known === 'number' ? known : 0);
        const after = withMark(given, on, (typeof known === 'number' ? known : 0) + more);
        const change = strengthSeries(after, TODAY).on(TODAY) - strengthSeries(before, TODAY).on(TODAY);
        expect(given.kind === 'at-least' ? change : -change).toBeGreaterThan(-1e-12);
      }),
    );
  });

  it('goes on from where it was when the goal is raised', () => {
    const marks = new Map(Array.from({ length: 60 }, (_, ago): [number, DayMark] => [TODAY - ago, 5]));
    const first = { since: null, times: 1, days: 1, target: 5 };
    const before: HabitHistory = { kind: 'at-least', goals: [first], marks, isFrozen: never };
    const raised = { ...before, goals: [first, { ...first, since: TODAY, target: 10 }] };
    expect(strengthSeries(raised, TODAY).on(TODAY - 1)).toBe(strengthSeries(before, TODAY).on(TODAY - 1));
    expect(strengthSeries(raised, TODAY).on(TODAY)).toBeGreaterThan(0.9);
  });
});

describe('streaks', () => {
  it('lie apart, in order, and count frozen days beside the active ones', () => {
    fc.assert(
      fc.property(history, (given) => {
        let last = -Infinity;
        for (const { from, to, length, active } of streaksOf(given, { to: TODAY })) {
          expect(from).toBeGreaterThan(last + 1);
          expect(length).toBe(to - from + 1);
          expect(active).toBeLessThanOrEqual(length);
          last = to;
        }
      }),
    );
  });

  it('are not broken by rest days and vacations, which count one way and not the other', () => {
    const marks = new Map<number, DayMark>([0, 1, 5, 6].map((ago) => [TODAY - ago, 'done']));
    const goals = [{ since: null, times: 1, days: 1, target: null }];
    const away = (on: number) => on >= TODAY - 4 && on <= TODAY - 2;
    expect(streaksOf({ kind: 'yes-no', goals, marks, isFrozen: away })).toEqual([
      { from: TODAY - 6, to: TODAY, length: 7, active: 4 },
    ]);
    expect(streaksOf({ kind: 'yes-no', goals, marks, isFrozen: never })).toHaveLength(2);
  });
});

describe('implied days', () => {
  it('never stand where something was done or skipped', () => {
    fc.assert(
      fc.property(history, (given) => {
        for (const on of impliedDays(given)) expect(['done', 'skip']).not.toContain(given.marks.get(on));
      }),
    );
  });
});
