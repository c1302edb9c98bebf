import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IcsEvent } from './ics-event.ts';
import { readCalendar } from './ics-reader.ts';
import { writeCalendar } from './ics-writer.ts';

const STAMP = Date.UTC(2026, 10, 21, 12);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const write = (...events: readonly IcsEvent[]): string => writeCalendar({ name: 'Планы', events, stampMs: STAMP });
const file = (...lines: readonly string[]): Uint8Array =>
  bytes(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'));
const event = (...lines: readonly string[]): readonly string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];

const STANDUP: IcsEvent = {
  uid: 'standup',
  summary: 'Планёрка; отдел, этаж 2\\3',
  description: 'Первая строка\nвторая — очень длинная строка, которая не помещается в семьдесят пять октетов 🎂🎂🎂',
  recurrence: {
    start: '2026-11-23T09:00:00',
    rule: 'FREQ=WEEKLY;BYDAY=MO,WE',
    exdates: ['2026-11-25T09:00:00'],
  },
  zone: 'Europe/Berlin',
  isAllDay: false,
  durationMinutes: 45,
  leadMinutes: [10, 60],
};

describe('writeCalendar', () => {
  it('keeps the rule, the zone and its changes of the clock', () => {
    const text = write(STANDUP);
    expect(text).toContain('DTSTART;TZID=Europe/Berlin:20261123T090000\r\n');
    expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\n');
    expect(text).toContain('EXDATE;TZID=Europe/Berlin:20261125T090000\r\n');
    expect(text).toContain('DTSTAMP:20261121T120000Z\r\n');
    expect(text).toContain('TRIGGER:-PT10M\r\n');
    expect(text).toMatch(/BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:\+0200\r\nTZOFFSETTO:\+0100\r\n/);
    expect(text).toMatch(/BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:\+0100\r\nTZOFFSETTO:\+0200\r\n/);
  });

  it('folds at 75 octets, never within a character', () => {
    const lines = write(STANDUP).split('\r\n');
    expect(lines.at(-1)).toBe('');
    for (const line of lines) {
      expect(bytes(line).length).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\uFFFD');
    }
    expect(lines.some((line) => line.startsWith(' '))).toBe(true);
  });

  it('writes UNTIL in UTC beside a zone, and as a date beside a date', () => {
    const until = (rule: string, isAllDay: boolean) =>
      write({ ...STANDUP, isAllDay, recurrence: { start: '2026-11-23T00:00:00', rule } });
    expect(until('FREQ=DAILY;UNTIL=20261201', false)).toContain('UNTIL=20261201T225959Z');
    expect(until('FREQ=DAILY;UNTIL=20261201T000000Z', true)).toContain('UNTIL=20261201\r\n');
  });

  it('describes a zone without summer time by one part', () => {
    const text = write({ ...STANDUP, zone: 'Asia/Kolkata' });
    expect(text.match(/BEGIN:(STANDARD|DAYLIGHT)/g)).toHaveLength(1);
    expect(text).toContain('TZOFFSETTO:+0530');
  });
});

describe('readCalendar', () => {
  it('reads what was written', () => {
    expect(readCalendar(bytes(write(STANDUP)), 'Europe/Moscow')).toEqual({ events: [STANDUP], bad: [] });
  });

  it('reads back any event that it writes', () => {
    const minutes = fc.integer({ min: 0, max: 20 * 365 * 24 * 60 });
    const wall = minutes.map(
      (minute) => `${new Date(Date.UTC(2020, 0, 1) + minute * 60_000).toISOString().slice(0, 16)}:00`,
    );
    // RFC 5545 knows one kind of line end, and no control characters.
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
      .map((raw) => raw.replace(/\p{Cc}/gu, '\n'));
    const rule = fc.constantFrom(
      null,
      'FREQ=DAILY',
      'FREQ=MONTHLY;BYDAY=-1FR',
      'FREQ=WEEKLY;BYDAY=MO;COUNT=9',
      'FREQ=HOURLY;INTERVAL=5',
    );
    const events = fc.record({
      uid: fc.uuid(),
      summary: text,
      description: fc.option(text, { nil: null }),
      recurrence: fc.oneof(
        fc.record({ start: wall, rule }),
        fc.record({ start: wall, rule, exdates: fc.array(wall, { minLength: 1, maxLength: 3 }) }),
      ),
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Moscow', 'UTC'),
      isAllDay: fc.constant(false),
      durationMinutes: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: null }),
      leadMinutes: fc.uniqueArray(fc.integer({ min: 1, max: 50_000 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(events, (one) => {
        expect(readCalendar(bytes(write(one)), 'Asia/Tokyo')).toEqual({ events: [one], bad: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('takes good events and lists broken ones with the reason', () => {
    const { events, bad } = readCalendar(
      file(
        ...event('UID:1', 'SUMMARY:Good', 'DTSTART:20261123T090000'),
        ...event('UID:2', 'SUMMARY:Bad rule', 'DTSTART:20261123T090000', 'RRULE:FREQ=NOPE'),
        ...event('UID:3', 'SUMMARY:No such day', 'DTSTART:20260230T090000'),
        ...event('UID:4', 'SUMMARY:No start'),
        ...event('UID:5', 'SUMMARY:Nowhere', 'DTSTART;TZID=Mars/Olympus:20261123T090000'),
        ...event('UID:6', 'SUMMARY:Too often', 'DTSTART:20261123T090000Z', 'RRULE:FREQ=SECONDLY'),
        ...event('UID:7', 'SUMMARY:Line', 'DTSTART:20261123T090000Z', 'WHAT IS THIS'),
        ...event('UID:8', 'SUMMARY:Off', 'DTSTART:20261123T090000Z', 'STATUS:CANCELLED'),
        ...event('UID:9', 'SUMMARY:Good too', 'DTSTART;VALUE=DATE:20261224', 'RRULE:FREQ=YEARLY'),
      ),
      'Europe/Moscow',
    );
    expect(events.map(({ summary, zone, isAllDay }) => [summary, zone, isAllDay])).toEqual([
      ['Good', 'Europe/Moscow', false],
      ['Good too', 'Europe/Moscow', true],
    ]);
    expect(bad.map(({ summary }) => summary)).toEqual([
      'Bad rule',
      'No such day',
      'No start',
      'Nowhere',
      'Too often',
      'Line',
      'Off',
    ]);
    expect(bad.every(({ reason }) => reason !== '')).toBe(true);
    expect(bad[3]?.reason).toContain('Mars/Olympus');
  });

  it('knows zones by Windows names, by X-LIC-LOCATION and behind a path', () => {
    const zones = readCalendar(
      file(
        ...['BEGIN:VTIMEZONE', 'TZID:Custom', 'X-LIC-LOCATION:Asia/Tokyo', 'END:VTIMEZONE'],
        ...event('SUMMARY:a', 'DTSTART;TZID="W. Europe Standard Time":20261123T090000'),
        ...event('SUMMARY:b', 'DTSTART;TZID=Custom:20261123T090000'),
        ...event('SUMMARY:c', 'DTSTART;TZID=/softwarestudio.org/Olson/America/New_York:20261123T090000'),
        ...event('SUMMARY:d', 'DTSTART:20261123T090000Z'),
      ),
      'Europe/Moscow',
    ).events.map(({ zone }) => zone);
    expect(zones).toEqual(['Europe/Berlin', 'Asia/Tokyo', 'America/New_York', 'UTC']);
  });

  it('takes a moved or cancelled occurrence out of its series', () => {
    const series = ['UID:s', 'SUMMARY:Series', 'DTSTART:20261123T090000Z', 'RRULE:FREQ=DAILY'];
    const { events } = readCalendar(
      file(
        ...event(...series),
        ...event('UID:s', 'SUMMARY:Moved', 'RECURRENCE-ID:20261124T090000Z', 'DTSTART:20261124T150000Z'),
        ...event('UID:s', 'RECURRENCE-ID:20261125T090000Z', 'DTSTART:20261125T090000Z', 'STATUS:CANCELLED'),
      ),
      'UTC',
    );
    expect(events.map(({ summary }) => summary)).toEqual(['Series', 'Moved']);
    expect(events[0]?.recurrence.exdates).toEqual(['2026-11-24T09:00:00', '2026-11-25T09:00:00']);
  });

  it('keeps a weekly rule whole (the reference lost every repetition of a file)', () => {
    const weekly = file(
      ...event(
        'SUMMARY:w',
        'DTSTART;TZID=Europe/Berlin:20261123T090000',
        'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU',
      ),
    );
    expect(readCalendar(weekly, 'UTC').events[0]?.recurrence.rule).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU');
  });

  it('refuses a file of 10 MB, one with too many events, and what is no calendar', () => {
    expect(() => readCalendar(new Uint8Array(10_000_000), 'UTC')).toThrow('less than 10 MB');
    const many = Array.from({ length: 5_001 }, () => event('DTSTART:20261123T090000Z')).flat();
    expect(() => readCalendar(file(...many), 'UTC')).toThrow('at most 5000 events');
    expect(() => readCalendar(bytes('{"hello":1}'), 'UTC')).toThrow('no calendar file');
  });
});
