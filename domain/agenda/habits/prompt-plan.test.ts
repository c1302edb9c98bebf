import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallTimeOf } from '../zoned-time.ts';
import { dayNumber } from './day-number.ts';
import { nextPrompt, promptsBetween, promptsOf } from './prompt-plan.ts';

const BERLIN = 'Europe/Berlin';
const habit = { promptTimes: ['01:00', '09:00', '21:00'], dayStart: '04:00', weeklyPicture: false, archived: false };
const never = () => false;
const at = (iso: string): number => Date.parse(iso);
const shown = (ms: number | undefined): string | null =>
  ms === undefined ? null : wallTimeOf(ms, BERLIN).slice(0, 16);

describe('prompts', () => {
  it('of a day go on after midnight until the next day starts', () => {
    const walls = promptsOf(habit, '2026-11-21', BERLIN).map(({ day, atMs }) => [day, shown(atMs)]);
    expect(walls).toEqual([
      ['2026-11-21', '2026-11-21T09:00'],
      ['2026-11-21', '2026-11-21T21:00'],
      ['2026-11-21', '2026-11-22T01:00'],
    ]);
  });

  it('keep the wall clock over both nights in which the clock is changed', () => {
    const after = (afterMs: number) => shown(nextPrompt(habit, { zone: BERLIN, afterMs, isQuiet: never })?.atMs);
    expect(after(at('2027-03-28T02:00:00Z'))).toBe('2027-03-28T09:00');
    expect(after(at('2026-10-25T02:00:00Z'))).toBe('2026-10-25T09:00');
    const gap = { ...habit, promptTimes: ['02:30'] };
    expect(shown(promptsOf(gap, '2027-03-27', BERLIN)[0]?.atMs)).toBe('2027-03-28T03:30');
    const twice = promptsOf({ ...habit, promptTimes: ['02:30'] }, '2026-10-24', BERLIN);
    expect(twice.map(({ atMs }) => new Date(atMs).toISOString())).toEqual(['2026-10-25T00:30:00.000Z']);
  });

  it('leave quiet days out, but not the picture of the week', () => {
    const isQuiet = (day: number) => day < dayNumber('2026-11-25');
    const afterMs = at('2026-11-21T12:00:00Z');
    expect(nextPrompt(habit, { zone: BERLIN, afterMs, isQuiet })).toMatchObject({ day: '2026-11-25', at: '09:00' });
    const weekly = { ...habit, weeklyPicture: true };
    expect(nextPrompt(weekly, { zone: BERLIN, afterMs, isQuiet })).toMatchObject({ day: '2026-11-22', at: 'picture' });
    expect(nextPrompt(habit, { zone: BERLIN, afterMs, isQuiet: () => true })).toBeNull();
    expect(nextPrompt({ ...habit, archived: true }, { zone: BERLIN, afterMs, isQuiet: never })).toBeNull();
  });

  it('that come next are exactly those that are due once their time has passed', () => {
    const zones = fc.constantFrom(BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo', 'Pacific/Apia');
    const start = at('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 1_000 * 86_400 }), (zone, seconds) => {
        const afterMs = start + seconds * 1000;
        const next = nextPrompt(habit, { zone, afterMs, isQuiet: never });
        expect(next).not.toBeNull();
        if (next === null) return;
        expect(next.atMs).toBeGreaterThan(afterMs);
        expect(promptsBetween(habit, { zone, afterMs, untilMs: next.atMs }).at(0)).toEqual(next);
        expect(promptsBetween(habit, { zone, afterMs, untilMs: next.atMs - 1 })).toEqual([]);
      }),
    );
  });
});
