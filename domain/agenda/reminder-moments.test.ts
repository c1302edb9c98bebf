import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterQuiet, isQuiet } from './quiet-hours.ts';
import { dueMoments, nextMoment } from './reminder-moments.ts';
import type { ReminderPast, ReminderRules } from './reminder-rules.ts';
import { instantOf } from './zoned-time.ts';

const ZONE = 'Europe/Moscow';
const at = (wall: string): number => instantOf(`${wall}:00`, ZONE);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const DAILY: ReminderRules = {
  recurrence: { start: '2026-11-01T09:00:00', rule: 'FREQ=DAILY' },
  zone: ZONE,
  leadMinutes: [],
  misfire: { kind: 'once', maxLateMinutes: null },
  quietMode: 'send',
  quietHours: null,
  nag: null,
};
const since = (wall: string): ReminderPast => ({ handledToMs: at(wall), records: [] });
const told = (rules: ReminderRules, past: ReminderPast, nowMs: number): string[] =>
  dueMoments(rules, past, nowMs).tell.map(
    ({ key, kind, late, silent, leadMinutes, nagNumber }) =>
      `${key} ${kind}${leadMinutes || ''}${nagNumber || ''}${late ? ' late' : ''}${silent ? ' silent' : ''}`,
  );

describe('dueMoments', () => {
  it('tells an occurrence at its time, then waits for the next', () => {
    const past = since('2026-11-20T12:00');
    expect(nextMoment(DAILY, past, at('2026-11-20T12:00'))).toBe(at('2026-11-21T09:00'));
    const due = dueMoments(DAILY, past, at('2026-11-21T09:00') + 900);
    expect(due.tell).toHaveLength(1);
    expect(due.tell[0]).toMatchObject({ key: '20261121T0900', kind: 'due', late: false, silent: false });
    expect(due.nextAtMs).toBe(at('2026-11-22T09:00'));
    expect(told(DAILY, due.past, at('2026-11-21T09:00') + 900)).toEqual([]);
  });

  it('tells lead times, and drops those that are pointless', () => {
    const rules = { ...DAILY, leadMinutes: [60, 10] };
    const past = since('2026-11-21T07:00');
    expect(nextMoment(rules, past, at('2026-11-21T07:00'))).toBe(at('2026-11-21T08:00'));
    expect(told(rules, past, at('2026-11-21T08:00'))).toEqual(['20261121T0900 lead60']);
    expect(told(rules, past, at('2026-11-21T08:40'))).toEqual(['20261121T0900 lead60 late']);
    expect(told(rules, past, at('2026-11-21T09:00'))).toEqual(['20261121T0900 due']);
  });

  it('tells at most one late message after an outage; the rest is missed', () => {
    const due = dueMoments(DAILY, since('2026-11-10T12:00'), at('2026-11-21T11:00'));
    expect(due.tell.map(({ key, late }) => [key, late])).toEqual([['20261121T0900', true]]);
    expect(due.missed).toHaveLength(10);
    expect(due.nextAtMs).toBe(at('2026-11-22T09:00'));
  });

  it('leaves out what is too late: by default half a period or 12 hours, or as said, or at once', () => {
    const night = at('2026-11-21T21:30');
    expect(told(DAILY, since('2026-11-20T12:00'), night)).toEqual([]);
    expect(
      told({ ...DAILY, misfire: { kind: 'once', maxLateMinutes: 780 } }, since('2026-11-20T12:00'), night),
    ).toHaveLength(1);
    expect(told({ ...DAILY, misfire: { kind: 'skip' } }, since('2026-11-20T12:00'), at('2026-11-21T09:06'))).toEqual(
      [],
    );
    expect(
      told({ ...DAILY, misfire: { kind: 'skip' } }, since('2026-11-20T12:00'), at('2026-11-21T09:04')),
    ).toHaveLength(1);
    const hourly = { ...DAILY, recurrence: { start: '2026-11-01T09:00:00', rule: 'FREQ=HOURLY;INTERVAL=2' } };
    expect(told(hourly, since('2026-11-20T11:30'), at('2026-11-20T13:50'))).toEqual(['20261120T1300 due late']);
  });

  it('holds back what falls into quiet hours, or takes its sound away', () => {
    const rules: ReminderRules = {
      ...DAILY,
      recurrence: { start: '2026-11-01T23:30:00', rule: 'FREQ=DAILY' },
      quietHours: { from: '22:00', to: '08:00' },
      quietMode: 'hold',
    };
    const past = since('2026-11-20T12:00');
    expect(nextMoment(rules, past, at('2026-11-20T23:30'))).toBe(at('2026-11-21T08:00'));
    expect(told(rules, past, at('2026-11-20T23:30'))).toEqual([]);
    expect(told(rules, past, at('2026-11-21T08:00'))).toEqual(['20261120T2330 due']);
    expect(told({ ...rules, quietMode: 'silent' }, past, at('2026-11-20T23:30'))).toEqual(['20261120T2330 due silent']);
  });

  it('nags until done, and not past the next occurrence', () => {
    const rules = { ...DAILY, nag: { everyMinutes: 10, times: 2 } };
    const first = dueMoments(rules, since('2026-11-20T12:00'), at('2026-11-21T09:00'));
    expect(first.nextAtMs).toBe(at('2026-11-21T09:10'));
    const second = dueMoments(rules, first.past, at('2026-11-21T09:10'));
    expect(second.tell).toMatchObject([{ kind: 'nag', nagNumber: 1, key: '20261121T0900' }]);
    const third = dueMoments(rules, second.past, at('2026-11-21T09:20'));
    expect(third.nextAtMs).toBe(at('2026-11-22T09:00'));
    const done = { ...first.past, records: first.past.records.map((record) => ({ ...record, closed: true })) };
    expect(nextMoment(rules, done, at('2026-11-21T09:01'))).toBe(at('2026-11-22T09:00'));
    const slow = { ...DAILY, nag: { everyMinutes: 24 * 60, times: 5 } };
    expect(told(slow, first.past, at('2026-11-22T09:00'))).toEqual(['20261122T0900 due']);
  });

  it('tells a snoozed occurrence when asked, without moving the series', () => {
    const { past } = dueMoments(DAILY, since('2026-11-20T12:00'), at('2026-11-21T09:00'));
    const snoozed = {
      ...past,
      records: past.records.map((record) => ({ ...record, snoozedUntilMs: at('2026-11-22T10:00') })),
    };
    expect(nextMoment(DAILY, snoozed, at('2026-11-21T09:01'))).toBe(at('2026-11-22T09:00'));
    const next = dueMoments(DAILY, snoozed, at('2026-11-22T09:00'));
    expect(next.nextAtMs).toBe(at('2026-11-22T10:00'));
    expect(told(DAILY, next.past, at('2026-11-22T10:00'))).toEqual(['20261121T0900 snoozed']);
  });

  it('ends with a one-off', () => {
    const once = { ...DAILY, recurrence: { start: '2026-11-21T09:00:00', rule: null } };
    expect(dueMoments(once, since('2026-11-20T12:00'), at('2026-11-21T09:00')).nextAtMs).toBeNull();
  });

  it('tells each moment at most once, whenever it is asked', () => {
    const leads = fc.uniqueArray(fc.integer({ min: 1, max: 2_000 }), { maxLength: 3 });
    const gaps = fc.array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 1, maxLength: 12 });
    const quiet = fc.constantFrom('send' as const, 'silent' as const, 'hold' as const);
    fc.assert(
      fc.property(leads, gaps, fc.tuple(quiet, fc.boolean()), (leadMinutes, minutes, [quietMode, isNagging]) => {
        const nag = isNagging ? { everyMinutes: 30, times: 3 } : null;
        const rules = { ...DAILY, leadMinutes, quietMode, nag, quietHours: { from: '22:00', to: '09:30' } };
        let past = since('2026-03-25T12:00');
        let nowMs = past.handledToMs;
        const seen: string[] = [];
        for (const gap of minutes) {
          nowMs += gap * MINUTE;
          const due = dueMoments(rules, past, nowMs);
          expect(due.tell.filter(({ late }) => late).length).toBeLessThanOrEqual(1);
          expect(due.nextAtMs).toBeGreaterThan(nowMs);
          for (const { key, kind, leadMinutes: lead, nagNumber } of [...due.tell, ...due.missed])
            seen.push(`${key} ${kind} ${lead} ${nagNumber}`);
          past = due.past;
        }
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { numRuns: 25 },
    );
  });

  it('tells everything in time when it comes as it said it would', () => {
    const rules = { ...DAILY, leadMinutes: [90, 15] };
    let past = since('2026-11-20T12:00');
    const all: string[] = [];
    for (let nowMs = nextMoment(rules, past, past.handledToMs); all.length < 9 && nowMs !== null;) {
      const due = dueMoments(rules, past, nowMs);
      for (const { kind, late } of due.tell) all.push(`${kind}${late ? '!' : ''}`);
      past = due.past;
      nowMs = due.nextAtMs;
    }
    expect(all).toEqual(['lead', 'lead', 'due', 'lead', 'lead', 'due', 'lead', 'lead', 'due']);
  });
});

describe('quiet hours', () => {
  it('may cross midnight, and end by the clock of the zone', () => {
    const night = { from: '22:00', to: '07:30' };
    expect(isQuiet(night, ZONE, at('2026-11-21T22:00'))).toBe(true);
    expect(isQuiet(night, ZONE, at('2026-11-21T07:30'))).toBe(false);
    expect(afterQuiet(night, ZONE, at('2026-11-21T23:00'))).toBe(at('2026-11-22T07:30'));
    expect(afterQuiet(night, ZONE, at('2026-11-21T03:00'))).toBe(at('2026-11-21T07:30'));
    expect(afterQuiet({ from: '09:00', to: '09:00' }, ZONE, at('2026-11-21T09:00'))).toBe(at('2026-11-21T09:00'));
  });

  it('always end later, and never more than a day and an hour later', () => {
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
    fc.assert(
      fc.property(time, time, fc.integer({ min: 0, max: 400 * 24 * 60 }), (from, to, minute) => {
        const nowMs = Date.UTC(2026, 0, 1) + minute * MINUTE;
        const end = afterQuiet({ from, to }, 'Europe/Berlin', nowMs);
        expect(end - nowMs).toBeGreaterThanOrEqual(0);
        expect(end - nowMs).toBeLessThanOrEqual(25 * HOUR);
        if (isQuiet({ from, to }, 'Europe/Berlin', nowMs)) expect(end).toBeGreaterThan(nowMs);
      }),
      { numRuns: 100 },
    );
  });
});
