import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from './csv-text.ts';
import { dateOfDay } from './day-number.ts';
import type { DayMark, HabitKind } from './habit-history.ts';
import { readLoopArchive, writeLoopArchive } from './loop-archive.ts';
import type { PortableHabit } from './portable-habit.ts';

const TODAY = 20_000;
const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength }).filter((given) => !given.includes('\0'));
const textOrNull = (maxLength: number) => text(maxLength).map((given) => (given === '' ? null : given));
const amount = fc.integer({ min: 0, max: 50_000_000 }).map((thousandths) => thousandths / 1000);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const date = fc.integer({ min: TODAY - 900, max: TODAY }).map(dateOfDay);

const goalOf = (kind: HabitKind) =>
  fc
    .record({ days: fc.integer({ min: 1, max: 31 }), times: fc.integer({ min: 1, max: 31 }), target: amount })
    .map((goal) =>
      kind === 'yes-no'
        ? { times: Math.min(goal.times, goal.days), days: goal.days, target: null }
        : { times: 1, days: goal.days, target: goal.target + 1 },
    );
const markOf = (kind: HabitKind): fc.Arbitrary<DayMark> =>
  kind === 'yes-no'
    ? fc.constantFrom('done', 'no', 'skip')
    : fc.oneof(fc.constantFrom('no', 'skip'), amount, fc.constant(0.003));

const portable: fc.Arbitrary<PortableHabit> = fc
  .constantFrom<HabitKind>('yes-no', 'at-least', 'at-most')
  .chain((kind) =>
    fc
      .record({
        name: text(60).filter((name) => name.trim() !== '' && name.trim() === name),
        question: textOrNull(60),
        description: textOrNull(60),
        goal: goalOf(kind),
        earlier: fc.option(fc.tuple(goalOf(kind), fc.integer({ min: TODAY - 90, max: TODAY })), { nil: null }),
        unit: kind === 'yes-no' ? fc.constant(null) : textOrNull(9),
        pressAdds: kind === 'yes-no' ? fc.constant(null) : fc.constantFrom(null, 0.25, 5),
        promptTimes: fc.uniqueArray(time, { maxLength: 8 }).map((times) => times.sort()),
        dayStart: fc.constantFrom('04:00', '00:00', '12:00'),
        restDays: fc.subarray([1, 2, 3, 4, 5, 6]),
        hasSteps: fc.boolean(),
        weeklyPicture: fc.boolean(),
        colour: fc.integer({ min: 0, max: 19 }),
        archived: fc.boolean(),
        pauses: fc.array(
          fc
            .tuple(date, date)
            .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one })),
          { maxLength: 3 },
        ),
        entries: fc.uniqueArray(
          fc.record({ day: fc.integer({ min: TODAY - 200, max: TODAY }), mark: markOf(kind), note: textOrNull(20) }),
          { maxLength: 40, selector: ({ day }) => day },
        ),
      })
      .map(({ goal, earlier, hasSteps, archived, pauses, entries, ...rest }) => {
        const now = goal.target ?? goal.times;
        const far = kind === 'at-most' ? now - 0.5 : now + 0.5;
        const microGoal = hasSteps && kind !== 'yes-no' ? { goal: far, step: 0.25, mark: 0.8 } : null;
        const before = earlier === null ? [] : [{ since: null, ...earlier[0] }];
        return {
          definition: { ...rest, kind, goal, microGoal },
          goals: [...before, { since: earlier?.[1] ?? null, ...goal }],
          ...{ archived, pauses },
          entries: entries.sort((left, right) => left.day - right.day),
        };
      }),
  );

const zipOf = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)])));

describe('habits as CSV', () => {
  it('lose nothing on the way out and in again', () => {
    fc.assert(
      fc.property(fc.array(portable, { maxLength: 2 }), (habits) => {
        expect(readLoopArchive(writeLoopArchive(habits, TODAY))).toEqual({ habits, problems: [] });
      }),
      { numRuns: 25 },
    );
  });

  it('come in as Loop writes them, older exports too', () => {
    const { habits, problems } = readLoopArchive(
      zipOf({
        'Habits.csv':
          'Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,Target Value,Archived?\n' +
          '001,"Read, a lot",YES_NO,Did you?,,3,7,#D32F2F,,,,false\n002,Run,NUMERICAL,,,1,7,#1976D2,km,AT_LEAST,15.0,true\n',
        '001 Read a lot/Checkmarks.csv': '2026-11-03,2\n'.replace(
          /^/,
          'Date,Value\n2026-11-01,YES_MANUAL\n2026-11-02,1\n',
        ),
        '002 Run/Checkmarks.csv': 'Date,Value,Notes\n2026-11-01,5250,windy\n2026-11-02,SKIP,\n2026-11-03,UNKNOWN,\n',
      }),
    );
    expect(problems).toEqual([]);
    expect(
      habits.map(({ definition }) => [definition.name, definition.kind, definition.goal, definition.colour]),
    ).toEqual([
      ['Read, a lot', 'yes-no', { times: 3, days: 7, target: null }, 0],
      ['Run', 'at-least', { times: 1, days: 7, target: 15 }, 11],
    ]);
    expect(habits.map(({ entries }) => entries.map(({ mark, note }) => [mark, note]))).toEqual([
      [
        ['done', null],
        ['done', null],
      ],
      [
        [5.25, 'windy'],
        ['skip', null],
      ],
    ]);
  });

  it('leave the bad rows out, and say which they are', () => {
    const { habits, problems } = readLoopArchive(
      zipOf({
        'Habits.csv':
          'Position,Name,Type,FrequencyNumerator,FrequencyDenominator\n001,Walk,YES_NO,1,1\n002,,YES_NO,1,1\n003,X,YES_NO,a,1\n',
        '001 Walk/Checkmarks.csv': 'Date,Value\n2026-02-30,2\n2026-02-27,2\n2026-02-28,many\n',
      }),
    );
    expect(habits.map(({ definition, entries }) => [definition.name, entries.length])).toEqual([['Walk', 1]]);
    expect(problems.map(({ file, line }) => `${file} ${line}`)).toEqual([
      ...['001 Walk/Checkmarks.csv 2', '001 Walk/Checkmarks.csv 4', 'Habits.csv 3', 'Habits.csv 4'],
    ]);
  });

  it('refuse what is no zip, one without habits, and one that unpacks to far more', () => {
    const code = (read: () => unknown): unknown => {
      try {
        read();
        return null;
      } catch (err) {
        return err instanceof Error && 'code' in err ? err.code : err;
      }
    };
    expect(code(() => readLoopArchive(strToU8('hello')))).toBe('archive-invalid');
    expect(code(() => readLoopArchive(zipOf({ 'a.txt': 'x' })))).toBe('archive-invalid');
    expect(code(() => readLoopArchive(new Uint8Array(10_000_001)))).toBe('file-too-large');
    const bomb = zipSync({ 'Habits.csv': new Uint8Array(70_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(code(() => readLoopArchive(bomb))).toBe('archive-invalid');
    const whole = zipOf({ 'Habits.csv': 'Position,Name\n001,Walk\n' });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = whole.slice();
        damaged[at] = byte;
        expect([null, 'archive-invalid']).toContain(code(() => readLoopArchive(damaged)));
      }),
    );
  });

  it('are read cell by cell, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text(12), { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        expect(readCsv(writeCsv(rows))).toEqual(rows);
      }),
    );
  });
});
