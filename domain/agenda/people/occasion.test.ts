import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOf } from '../zoned-time.ts';
import {
  checkOccasion,
  nextOccasion,
  occasionFrom,
  occasionIn,
  occasionMoments,
  type OccasionRule,
} from './occasion.ts';

const rule = (more: Partial<OccasionRule> = {}): OccasionRule => ({
  ...{ month: 3, day: 20, year: 1990, leadDays: [14, 7, 3], at: '10:00', zone: 'Europe/Moscow' },
  ...{ doneYear: null, snoozedTo: null },
  ...more,
});
const at = (iso: string): number => Date.parse(iso);

test('it is told two weeks, a week and three days before, and on the day', () => {
  const told: unknown[] = [];
  let [toldTo, now] = [occasionFrom(rule(), at('2027-03-01T00:00:00Z')), at('2027-03-01T00:00:00Z')];
  for (let step = 0; step < 5; step += 1) {
    const { due, nextMs, toldTo: after } = occasionMoments(rule(), toldTo, now);
    if (due !== null) told.push([dateOf(now, 'Europe/Moscow'), due.leadDays, due.years]);
    [toldTo, now] = [after, nextMs];
  }
  expect(told).toEqual([
    ...[
      ['2027-03-06', 14, 37],
      ['2027-03-13', 7, 37],
      ['2027-03-17', 3, 37],
      ['2027-03-20', 0, 37],
    ],
  ]);
});

test('after an outage only the latest notice comes, and none once the day is over', () => {
  const late = occasionMoments(rule(), '2027-03-01', at('2027-03-18T12:00:00Z'));
  expect(late.due).toMatchObject({ leadDays: 3, date: '2027-03-20' });
  expect(occasionMoments(rule(), '2027-03-01', at('2027-03-21T12:00:00Z'))).toMatchObject({ due: null });
});

test('once the present is there only the day itself is told of; the next year begins anew', () => {
  const done = rule({ doneYear: 2027 });
  expect(occasionMoments(done, '2027-03-01', at('2027-03-13T12:00:00Z')).due).toBeNull();
  expect(occasionMoments(done, '2027-03-19', at('2027-03-20T12:00:00Z')).due).toMatchObject({ leadDays: 0 });
  expect(occasionMoments(done, '2028-03-01', at('2028-03-06T12:00:00Z')).due).toMatchObject({ leadDays: 14 });
});

test('put off until tomorrow it is told of tomorrow, with the days that are left', () => {
  const snoozed = rule({ snoozedTo: '2027-03-14' });
  const { due, nextMs } = occasionMoments(snoozed, '2027-03-13', at('2027-03-13T12:00:00Z'));
  expect([due, new Date(nextMs).toISOString()]).toEqual([null, '2027-03-14T07:00:00.000Z']);
  expect(occasionMoments(snoozed, '2027-03-13', at('2027-03-14T07:00:00Z')).due).toMatchObject({ leadDays: 6 });
});

test('29 February comes on the 28th in other years', () => {
  expect(occasionIn({ month: 2, day: 29 }, 2027)).toBe('2027-02-28');
  expect(occasionIn({ month: 2, day: 29 }, 2028)).toBe('2028-02-29');
  expect(nextOccasion({ month: 2, day: 29, year: 1992 }, '2027-03-01')).toBe('2028-02-29');
});

test('days and lead times that cannot be are refused', () => {
  expect(() => checkOccasion({ month: 2, day: 30, year: null }, [])).toThrow(/day 30/);
  expect(() => checkOccasion({ month: 2, day: 29, year: 1991 }, [])).toThrow(/1991/);
  expect(() => checkOccasion({ month: 13, day: 1, year: null }, [])).toThrow(/month 13/);
  expect(() => checkOccasion({ month: 1, day: 1, year: null }, [0])).toThrow(/lead times/);
});

test('walking from moment to moment, each notice of each year comes once', () => {
  const day = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) });
  const start = fc.integer({ min: at('2027-01-01T00:00:00Z'), max: at('2028-12-31T00:00:00Z') });
  const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
  fc.assert(
    fc.property(day, start, zone, (date, from, where) => {
      const each = rule({ ...date, zone: where });
      let [toldTo, now] = [occasionFrom(each, from), from];
      const told: string[] = [];
      for (let step = 0; step < 9; step += 1) {
        const moments = occasionMoments(each, toldTo, now);
        if (moments.due !== null) told.push(`${moments.due.date} ${moments.due.leadDays}`);
        expect(moments.nextMs).toBeGreaterThan(now);
        [toldTo, now] = [moments.toldTo, moments.nextMs];
      }
      expect(new Set(told).size).toBe(told.length);
      expect(told.length).toBe(8);
    }),
    { numRuns: 50 },
  );
});
