import fc from 'fast-check';
import { rrulestr } from 'rrule';
import { describe, expect, it } from 'vitest';
import { nextOccurrences } from './recurrence.ts';
import { instantOf } from './zoned-time.ts';

const walls = (
  rule: string | null,
  zone: string,
  { start, count = 4, afterMs = 0 }: { start: string; count?: number; afterMs?: number },
) =>
  nextOccurrences({ start, rule }, zone, { afterMs, count }).map(
    ({ wall, atMs }) => `${wall} ${new Date(atMs).toISOString()}`,
  );

describe('clock changes', () => {
  it('keeps the wall time and shifts it forward in the gap', () => {
    expect(walls('FREQ=DAILY', 'Europe/Berlin', { start: '2026-03-28T02:30:00', count: 3 })).toEqual([
      '2026-03-28T02:30:00 2026-03-28T01:30:00.000Z',
      '2026-03-29T02:30:00 2026-03-29T01:30:00.000Z',
      '2026-03-30T02:30:00 2026-03-30T00:30:00.000Z',
    ]);
  });

  it('happens once in the hour that comes twice, the first time', () => {
    expect(walls('FREQ=DAILY', 'America/New_York', { start: '2026-10-31T01:30:00', count: 3 })).toEqual([
      '2026-10-31T01:30:00 2026-10-31T05:30:00.000Z',
      '2026-11-01T01:30:00 2026-11-01T05:30:00.000Z',
      '2026-11-02T01:30:00 2026-11-02T06:30:00.000Z',
    ]);
  });

  it('says one instant once when the gap pushes two wall times together', () => {
    const rule = 'FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30';
    const found = walls(rule, 'Europe/Berlin', { start: '2026-03-29T00:00:00', count: 3 });
    expect(found.map((line) => line.slice(20))).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:00:00.000Z',
    ]);
  });

  it('counts elapsed hours below a day, and names the repeated hour apart', () => {
    const found = nextOccurrences({ start: '2026-10-25T01:30:00', rule: 'FREQ=HOURLY' }, 'Europe/Berlin', {
      afterMs: 0,
      count: 3,
    });
    expect(found.map(({ key }) => key)).toEqual(['20261025T0130', '20261025T0230', '20261025R0230']);
    expect(found.map(({ atMs }) => atMs - (found[0]?.atMs ?? 0))).toEqual([0, 3_600_000, 7_200_000]);
  });

  it('shifts by half an hour on Lord Howe', () => {
    expect(walls('FREQ=DAILY', 'Australia/Lord_Howe', { start: '2026-10-04T02:15:00', count: 2 })).toEqual([
      '2026-10-04T02:15:00 2026-10-03T15:45:00.000Z',
      '2026-10-05T02:15:00 2026-10-04T15:15:00.000Z',
    ]);
  });
});

describe('ends and exceptions', () => {
  const daily = { start: '2026-01-01T09:00:00', rule: 'FREQ=DAILY;COUNT=4' };

  it('counts what is left out, and adds what is added', () => {
    const found = nextOccurrences(
      { ...daily, exdates: ['2026-01-02T09:00:00'], rdates: ['2026-01-01T12:00:00', '2026-01-01T09:00:00'] },
      'UTC',
      { afterMs: 0, count: 9 },
    );
    expect(found.map(({ key }) => key)).toEqual(['20260101T0900', '20260101T1200', '20260103T0900', '20260104T0900']);
  });

  it('includes the instant of UNTIL, and the whole day of a date', () => {
    const start = '2026-01-01T09:00:00';
    expect(walls('FREQ=DAILY;UNTIL=20260103T060000Z', 'Europe/Moscow', { start, count: 9 })).toHaveLength(3);
    expect(walls('FREQ=DAILY;UNTIL=20260103T055959Z', 'Europe/Moscow', { start, count: 9 })).toHaveLength(2);
    expect(walls('FREQ=DAILY;UNTIL=20260103', 'Europe/Moscow', { start, count: 9 })).toHaveLength(3);
  });

  it('happens once without a rule, with its year', () => {
    const once = { start: '2027-12-31T10:00:00', rule: null };
    const at = instantOf(once.start, 'Europe/Moscow');
    expect(nextOccurrences(once, 'Europe/Moscow', { afterMs: at - 366 * 86_400_000, count: 5 })).toHaveLength(1);
    expect(nextOccurrences(once, 'Europe/Moscow', { afterMs: at, count: 5 })).toEqual([]);
  });
});

describe('properties', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Apia',
  );
  const subset = (from: readonly (string | number)[]) =>
    fc.subarray([...from], { minLength: 1, maxLength: Math.min(3, from.length) }); // in order: the other implementation wants it so
  const part = (name: string, values: readonly (string | number)[]) =>
    fc.option(subset(values), { nil: null }).map((list) => (list === null ? [] : [`${name}=${list.join(',')}`]));
  const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
  const tail = fc.tuple(
    fc.integer({ min: 1, max: 4 }).map((interval) => [`INTERVAL=${interval}`]),
    part('BYMONTH', [1, 2, 3, 6, 10, 11, 12]),
    part('BYHOUR', [1, 2, 3, 9, 23]),
    part('BYMINUTE', [0, 15, 30]),
  );
  const rules = fc
    .oneof(
      fc.tuple(fc.constant(['FREQ=DAILY']), part('BYDAY', days), part('BYMONTHDAY', [1, 13, 29, 30, 31, -1, -2]), tail),
      fc.tuple(fc.constant(['FREQ=WEEKLY']), part('BYDAY', days), fc.constantFrom(['WKST=MO'], ['WKST=SU']), tail),
      fc.tuple(fc.constant(['FREQ=MONTHLY']), part('BYMONTHDAY', [1, 13, 29, 31, -1]), fc.constant([]), tail),
      fc.tuple(fc.constant(['FREQ=MONTHLY']), part('BYDAY', ['1MO', '-1FR', '2TU', '5SU']), fc.constant([]), tail),
      fc.tuple(fc.constant(['FREQ=YEARLY']), part('BYYEARDAY', [1, 60, 100, 366, -1]), fc.constant([]), tail),
      fc.tuple(fc.constant(['FREQ=YEARLY']), part('BYDAY', ['1MO', '-1FR', '20TU']), fc.constant([]), tail),
    )
    .map(([frequency, first, second, rest]) => [...frequency, ...first, ...second, ...rest.flat()].join(';'));
  const starts = fc
    .date({ min: new Date('2015-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 16)}:00`);

  it('agrees with another implementation where wall time alone matters', () => {
    fc.assert(
      fc.property(rules, starts, (rule, start) => {
        const ours = nextOccurrences({ start, rule }, 'UTC', { afterMs: 0, count: 12 });
        // Where a rule ends by never coming true again, the other one searches until the year 9999.
        fc.pre(ours.length === 12 && (ours.at(-1)?.wall ?? '') < '2045');
        const theirs: string[] = [];
        rrulestr(`DTSTART:${start.replaceAll(/[-:]/g, '')}Z\nRRULE:${rule}`).all((date) => {
          theirs.push(date.toISOString().slice(0, 19));
          return theirs.length < 12;
        });
        expect(ours.map(({ wall }) => wall)).toEqual(theirs);
      }),
      { numRuns: 100 },
    );
  });

  // Of each rule: where it begins and in which zone.
  const places = fc.record({ start: starts, zone: zones });

  it('finds from any moment on what it finds from the beginning', () => {
    fc.assert(
      fc.property(rules, places, fc.integer({ min: 0, max: 15 }), (rule, { start, zone }, skip) => {
        const all = nextOccurrences({ start, rule }, zone, { afterMs: 0, count: 20 });
        const afterMs = all[skip]?.atMs ?? 0;
        if (afterMs === 0) return;
        expect(nextOccurrences({ start, rule }, zone, { afterMs, count: 4 })).toEqual(all.slice(skip + 1, skip + 5));
      }),
      { numRuns: 100 },
    );
  });

  it('is strictly ordered, and hourly rules are the same from any moment on', () => {
    fc.assert(
      fc.property(
        places,
        fc.integer({ min: 1, max: 60 }), // a longer one may miss an hour for ever: 96 minutes come to the same 15 times of each day
        part('BYHOUR', [0, 2, 3, 14]),
        ({ start, zone }, interval, hours) => {
          const rule = ['FREQ=MINUTELY', `INTERVAL=${interval}`, ...hours].join(';');
          const all = nextOccurrences({ start, rule }, zone, { afterMs: 0, count: 40 });
          expect(all.every(({ atMs }, index) => index === 0 || atMs > (all[index - 1]?.atMs ?? 0))).toBe(true);
          expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
          expect(nextOccurrences({ start, rule }, zone, { afterMs: all[20]?.atMs ?? 0, count: 19 })).toEqual(
            all.slice(21),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('work', () => {
  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
    'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
  ])('gives %s up where it never comes', (rule) => {
    expect(nextOccurrences({ start: '2026-11-23T09:00:00', rule }, 'Europe/Berlin', { afterMs: 0, count: 3 })).toEqual(
      [],
    );
  });

  it('says so where the next time takes too long to find', () => {
    const rule = 'FREQ=SECONDLY;INTERVAL=2;BYSECOND=1';
    expect(() => nextOccurrences({ start: '2026-11-23T09:00:00', rule }, 'UTC', { afterMs: 0, count: 1 })).toThrow(
      expect.objectContaining({ code: 'rule-too-rare' }),
    );
  });

  it('comes from ten years ago at once', () => {
    const afterMs = Date.UTC(2026, 10, 21);
    for (const rule of ['FREQ=DAILY', 'FREQ=HOURLY', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=DAILY;COUNT=9000'])
      expect(
        nextOccurrences({ start: '2016-01-01T09:00:00', rule }, 'Europe/Berlin', { afterMs, count: 3 }),
      ).toHaveLength(3);
  });
});
