import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { msUntilOpen, startHours, windowHours } from './crawl-window.ts';

const HOUR_MS = 3_600_000;
const night = (fromHour: number, toHour: number, timeZone = 'UTC') => ({ fromHour, toHour, timeZone });
const until = (window: Parameters<typeof msUntilOpen>[0], iso: string) =>
  msUntilOpen(window, Date.parse(iso)) / HOUR_MS;

test('a window may span midnight; 0..24 is the whole day', () => {
  expect(windowHours(night(1, 4))).toEqual([1, 2, 3]);
  expect(windowHours(night(22, 2))).toEqual([22, 23, 0, 1]);
  expect(windowHours(night(20, 24))).toEqual([20, 21, 22, 23]);
  expect(windowHours(night(0, 24))).toHaveLength(24);
});

test('a crawl starts with the window, and again inside of it as often as is wanted', () => {
  expect(startHours(night(1, 6), 24)).toEqual([1]);
  expect(startHours(night(1, 6), 168)).toEqual([1]);
  expect(startHours(night(1, 6), 2)).toEqual([1, 3, 5]);
  expect(startHours(night(22, 6), 6)).toEqual([22, 4]);
});

describe('time until the window opens', () => {
  test('is counted on the clocks of its time zone', () => {
    const moscow = night(1, 6, 'Europe/Moscow');
    expect(until(moscow, '2026-11-21T22:00:00Z')).toBe(0);
    expect(until(moscow, '2026-11-21T02:59:59Z')).toBe(0);
    expect(until(moscow, '2026-11-21T03:00:00Z')).toBe(19);
    expect(until(moscow, '2026-11-21T21:30:00Z')).toBe(0.5);
  });

  test('is exact where an hour begins at half past of another zone', () => {
    expect(until(night(2, 3, 'Asia/Kolkata'), '2026-11-21T20:00:00Z')).toBe(0.5);
    expect(until(night(2, 3, 'Asia/Kathmandu'), '2026-11-21T20:00:00Z')).toBe(0.25);
  });

  test('passes over an hour that the change of clocks leaves out', () => {
    // In Berlin, 2026-03-29 has no hour 2.
    expect(until(night(2, 3, 'Europe/Berlin'), '2026-03-29T00:30:00Z')).toBe(23.5);
  });

  test('ends in the window, and nothing before it is in the window', () => {
    const window = fc.record({
      fromHour: fc.nat(23),
      toHour: fc.nat(24),
      timeZone: fc.constantFrom('UTC', 'Europe/Moscow', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
    });
    const anyTime = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') });
    fc.assert(
      fc.property(window, anyTime, fc.double({ min: 0, max: 0.999, noNaN: true }), (given, now, part) => {
        const ms = msUntilOpen(given, now);
        expect(msUntilOpen(given, now + ms)).toBe(0);
        if (ms > 1) expect(msUntilOpen(given, now + Math.floor(ms * part))).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
