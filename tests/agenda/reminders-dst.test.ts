import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, instantOf } from '../../domain/agenda/zoned-time.ts';
import { keyOf, startReminderStage, type ReminderStage } from '../support/reminder-stage.ts';

const HOUR_MS = 3_600_000;

let stage: ReminderStage;
beforeAll(async () => {
  stage = await startReminderStage();
}, 60_000);
afterAll(async () => await stage.stop());

/** Nights on which a clock is changed, in their order: what is asked for, and the instants at which it comes around that night. */
const NIGHTS = [
  {
    what: 'New York, a time in the gap is an hour later that night alone',
    ...{ zone: 'America/New_York', time: '02:30', day: '2027-03-14' },
    at: ['2027-03-13T07:30Z', '2027-03-14T07:30Z', '2027-03-15T06:30Z'],
  },
  {
    what: 'Berlin, a time in the gap is an hour later that night alone',
    ...{ zone: 'Europe/Berlin', time: '02:30', day: '2027-03-28' },
    at: ['2027-03-27T01:30Z', '2027-03-28T01:30Z', '2027-03-29T00:30Z'],
  },
  {
    what: 'Lord Howe, a time that comes twice half an hour apart comes once, at the first',
    ...{ zone: 'Australia/Lord_Howe', time: '01:45', day: '2027-04-04' },
    at: ['2027-04-02T14:45Z', '2027-04-03T14:45Z', '2027-04-04T15:15Z'],
  },
  {
    what: 'Lord Howe, a time in the gap of half an hour is half an hour later',
    ...{ zone: 'Australia/Lord_Howe', time: '02:15', day: '2027-10-03' },
    at: ['2027-10-01T15:45Z', '2027-10-02T15:45Z', '2027-10-03T15:15Z'],
  },
  {
    what: 'Berlin, a time that comes twice comes once, at the first',
    ...{ zone: 'Europe/Berlin', time: '02:30', day: '2027-10-31' },
    at: ['2027-10-30T00:30Z', '2027-10-31T00:30Z', '2027-11-01T01:30Z'],
  },
  {
    what: 'New York, a time that comes twice comes once, at the first',
    ...{ zone: 'America/New_York', time: '01:30', day: '2027-11-07' },
    at: ['2027-11-06T05:30Z', '2027-11-07T05:30Z', '2027-11-08T06:30Z'],
  },
] as const;

describe('in the night of a change of clocks', () => {
  test.each(NIGHTS)('$what', async ({ zone, time, day, at }) => {
    const before = instantOf(`${day}T00:00:00`, zone) - 1.5 * DAY_MS;
    await stage.passTo(before);
    const userId = await stage.person({ zone });
    const start = `${new Date(instantOf(`${day}T12:00:00`, 'UTC') - DAY_MS).toISOString().slice(0, 10)}T${time}:00`;
    const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY;COUNT=3' });
    await stage.passTo(Date.parse(at[2]) + HOUR_MS);
    const told = await stage.toldAt(kept, 'UTC');
    expect(told.map((wall) => `${wall}Z`)).toEqual(at);
    expect(await stage.messages(kept)).toHaveLength(3);
  });
});

describe('who moves to another zone while a reminder is pending', () => {
  test('east: the time of day is that of the new place; what has just passed there is told late, once', async () => {
    const day = Date.parse('2028-01-10T00:00Z');
    await stage.passTo(day + 12 * HOUR_MS); // 7:00 in New York
    const userId = await stage.person({ zone: 'America/New_York', language: 'en' });
    const kept = await stage.remind(userId, { start: '2028-01-10T18:00:00', rule: 'FREQ=DAILY;COUNT=2' });
    const fixed = await stage.remind(userId, { start: '2028-01-10T18:00:00', zone: 'America/New_York' });
    await stage.moveTo(userId, 'Asia/Tokyo'); // 21:00
    await stage.pass(60_000);
    const [late, ...more] = await stage.messages(kept);
    expect(more).toEqual([]);
    expect(late?.payload).toMatchObject({ html: '🔔 <b>stretch</b>\n(3 h late)' });
    await stage.passTo(day + 34 * HOUR_MS);
    expect(await stage.toldAt(kept, 'Asia/Tokyo')).toEqual(['2028-01-10T21:00', '2028-01-11T18:00']);
    expect(await stage.toldAt(fixed, 'America/New_York')).toEqual(['2028-01-10T18:00']);
  });

  test('west: what was told at its time there does not come again when the clock shows that time once more', async () => {
    const day = Date.parse('2028-02-10T00:00Z');
    await stage.passTo(day - 2 * HOUR_MS);
    const userId = await stage.person({ zone: 'Asia/Tokyo' });
    const kept = await stage.remind(userId, { start: '2028-02-10T09:00:00', rule: 'FREQ=DAILY;COUNT=2' });
    await stage.passTo(day + 3 * HOUR_MS); // told at 0:00 UTC
    await stage.moveTo(userId, 'America/New_York'); // 22:00 of the day before
    await stage.passTo(day + 60 * HOUR_MS);
    expect(await stage.occurrences(kept)).toEqual({ '20280210T0900': 'sent', '20280211T0900': 'sent' });
    expect(await stage.toldAt(kept, 'America/New_York')).toEqual(['2028-02-09T19:00', '2028-02-11T09:00']);
    expect(await stage.messages(kept)).toHaveLength(2);
  });

  test('west before its time: it waits for the clock of the new place, and what is snoozed comes when it was said', async () => {
    const day = Date.parse('2028-03-01T00:00Z');
    await stage.passTo(day);
    const userId = await stage.person({ zone: 'Europe/Berlin' });
    const kept = await stage.remind(userId, { start: '2028-03-01T08:00:00' });
    const snoozed = await stage.remind(userId, { start: '2028-03-01T08:00:00' });
    await stage.change(snoozed, { kind: 'snooze', occurrence: null, untilMs: day + 9 * HOUR_MS });
    await stage.moveTo(userId, 'America/New_York');
    await stage.passTo(day + 24 * HOUR_MS);
    expect(await stage.toldAt(kept, 'America/New_York')).toEqual(['2028-03-01T08:00']);
    expect(await stage.toldAt(snoozed, 'UTC')).toEqual(['2028-03-01T09:00']);
  });

  test('several a day go on by the clock of the new place at once', async () => {
    const day = Date.parse('2028-04-10T00:00Z');
    await stage.passTo(day + 2 * HOUR_MS + 60_000); // 11:01 in Tokyo
    const userId = await stage.person({ zone: 'Asia/Tokyo' });
    const kept = await stage.remind(userId, { start: '2028-04-10T00:30:00', rule: 'FREQ=HOURLY' });
    await stage.pass(3 * HOUR_MS);
    expect(await stage.messages(kept)).toHaveLength(3);
    await stage.moveTo(userId, 'America/New_York');
    await stage.pass(3 * HOUR_MS);
    expect(await stage.messages(kept)).toHaveLength(6);
    await stage.change(kept, { kind: 'delete' });
  });

  test('of a zone that is none nothing is moved', async () => {
    const userId = await stage.person();
    await expect(stage.moveTo(userId, 'Mars/Olympus')).rejects.toThrow();
    const start = await stage.wall(1, '10:00');
    const kept = await stage.remind(userId, { start });
    await stage.passTo(instantOf(start, 'Europe/Berlin') + 60_000);
    expect(await stage.occurrences(kept)).toEqual({ [keyOf(start)]: 'sent' });
  });
});
