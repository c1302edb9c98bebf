import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextOccurrences } from '../../domain/agenda/recurrence.ts';
import { DAY_MS, instantOf, wallTimeOf, weekdayOf } from '../../domain/agenda/zoned-time.ts';
import { textsOf } from '../support/agenda-stage.ts';
import { keyOf, startReminderStage, type ReminderStage } from '../support/reminder-stage.ts';

/**
 * What was wrong with the program that this one replaces, as far as it concerns reminders: each test fails on what it did. The
 * numbers are those of the list of its defects.
 */
const MIN = 60_000;
const HOUR = 60 * MIN;
const ZONE = 'Europe/Moscow';
const at = (wall: string): number => instantOf(wall, ZONE);

let stage: ReminderStage;
beforeAll(async () => {
  stage = await startReminderStage();
}, 60_000);
afterAll(async () => await stage.stop());

test('1: what repeats is told once each time, and at its minute', async () => {
  const userId = await stage.person({ zone: ZONE });
  const start = await stage.wall(1, '10:00', ZONE);
  const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY;COUNT=5' });
  await stage.passTo(at(start) + 4 * DAY_MS + HOUR);
  expect(await stage.messages(kept)).toHaveLength(5);
  expect((await stage.toldAt(kept, ZONE)).map((wall) => wall.slice(11))).toEqual(
    Array.from({ length: 5 }, () => '10:00'),
  );
});

test('2: each day of the week is that day, and not the one before', () => {
  const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].map((day) => {
    const recurrence = { start: '2027-01-04T10:00:00', rule: `FREQ=WEEKLY;BYDAY=${day}` };
    const [next] = nextOccurrences(recurrence, ZONE, { afterMs: at('2027-01-04T00:00:00'), count: 1 });
    return weekdayOf(next?.wall.slice(0, 10) ?? '');
  });
  expect(days).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('3: ten in Moscow is ten in Moscow, not thirteen', async () => {
  const userId = await stage.person({ zone: ZONE });
  const start = await stage.wall(1, '10:00', ZONE);
  const kept = await stage.remind(userId, { start });
  await stage.passTo(at(start) + 4 * HOUR);
  expect(await stage.toldAt(kept, 'UTC')).toEqual([`${start.slice(0, 10)}T07:00`]);
});

test('4: the time of day stays when the clocks change, and zones of half an hour are whole', () => {
  const daily = { start: '2027-03-27T10:00:00', rule: 'FREQ=DAILY;COUNT=2' };
  const [before, after] = nextOccurrences(daily, 'Europe/Berlin', {
    afterMs: Date.parse('2027-03-26T00:00Z'),
    count: 2,
  });
  expect((after?.atMs ?? 0) - (before?.atMs ?? 0)).toBe(23 * HOUR);
  expect(wallTimeOf(Date.parse('2027-01-01T00:00Z'), 'Asia/Kolkata')).toBe('2027-01-01T05:30:00');
});

test('5: a reminder of one time has a year: it does not come in another one, and none is made for the past', async () => {
  const userId = await stage.person({ zone: ZONE });
  const start = (await stage.wall(40, '10:00', ZONE)).replace(/^\d{4}/, (year) => String(Number(year) + 1));
  const kept = await stage.remind(userId, { start });
  await stage.pass(60 * DAY_MS);
  expect(await stage.messages(kept)).toEqual([]);
  await stage.passTo(at(start) + MIN);
  expect(await stage.occurrences(kept)).toEqual({ [keyOf(start)]: 'sent' });
  const past = { kind: 'edit', edit: { start: await stage.wall(-1, '10:00', ZONE) } } as const;
  await expect(stage.change(kept, past)).rejects.toMatchObject({ code: 'reminder-past' });
});

test('6: a reminder of one time stays one when it is edited', async () => {
  const userId = await stage.person({ zone: ZONE });
  const start = await stage.wall(1, '10:00', ZONE);
  const kept = await stage.remind(userId, { start });
  const later = start.replace('T10', 'T12');
  await stage.change(kept, { kind: 'edit', edit: { text: 'run', start: later } });
  await stage.passTo(at(start) + 3 * DAY_MS);
  expect(await stage.occurrences(kept)).toEqual({ [keyOf(later)]: 'sent' });
});

test('8: what a crash interrupts is told when the program is back, and one that fails holds up no other', async () => {
  const userId = await stage.person({ zone: ZONE });
  const nobody = await stage.person({ zone: ZONE, chat: false });
  const start = await stage.wall(1, '10:00', ZONE);
  const [untold, kept] = [await stage.remind(nobody, { start }), await stage.remind(userId, { start })];
  await stage.interruptedUntil(at(start) + 10 * MIN);
  await stage.pass(MIN);
  expect(textsOf(await stage.messages(kept))).toEqual(['🔔 <b>stretch</b>\n(с опозданием на 10 мин)']);
  expect(await stage.occurrences(untold)).toEqual({ [keyOf(start)]: 'undelivered' });
});

test('10: there is snooze, done, a quiet hour, lead times that can be changed, and a history', async () => {
  const userId = await stage.person({ zone: ZONE });
  await stage
    .em()
    .execute(`update user_settings set quiet_from = '09:00', quiet_to = '11:00' where user_id = ?`, [userId]);
  const start = await stage.wall(1, '10:00', ZONE);
  const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY', leadMinutes: [60] });
  await stage.change(kept, { kind: 'edit', edit: { leadMinutes: [15] } });
  await stage.passTo(at(start) - 14 * MIN);
  expect(await stage.messages(kept)).toHaveLength(1);
  await stage.passTo(at(start) + MIN);
  await stage.change(kept, { kind: 'snooze', occurrence: null, minutes: 60 });
  await stage.pass(61 * MIN);
  await stage.change(kept, { kind: 'done', occurrence: null });
  const messages = await stage.messages(kept);
  expect(messages.map(({ payload }) => ('silent' in payload ? payload.silent : null))).toEqual([true, true, false]);
  expect(await stage.occurrences(kept)).toEqual({ [keyOf(start)]: 'done' });
  await stage.change(kept, { kind: 'delete' });
});

test('11: a zone is one of the IANA database, and anything else is refused', async () => {
  const userId = await stage.person({ zone: ZONE });
  const kept = await stage.remind(userId, { start: await stage.wall(2, '10:00', ZONE) });
  for (const zone of ['+05:00', '5', 'UTC+3', 'Mars/Olympus'])
    await expect(stage.change(kept, { kind: 'edit', edit: { zone } })).rejects.toMatchObject({ code: 'zone-unknown' });
  expect((await stage.change(kept, { kind: 'edit', edit: { zone: 'Asia/Kolkata' } })).changed).toBe(true);
  await stage.change(kept, { kind: 'delete' });
});
