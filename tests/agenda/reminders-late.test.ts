import { afterAll, beforeAll, expect, test } from 'vitest';
import { listMissedReminders } from '../../db/repositories/reminders-read.ts';
import { DAY_MS, instantOf } from '../../domain/agenda/zoned-time.ts';
import { textsOf } from '../support/agenda-stage.ts';
import { keyOf, startReminderStage, type ReminderStage } from '../support/reminder-stage.ts';

const MIN = 60_000;
const HOUR = 60 * MIN;
const at = (wall: string): number => instantOf(wall, 'Europe/Berlin');

let stage: ReminderStage;
beforeAll(async () => {
  stage = await startReminderStage();
}, 60_000);
afterAll(async () => await stage.stop());

/** The workers are down from before the time until so long after it. */
async function outage(start: string, ms: number): Promise<void> {
  await stage.interruptedUntil(at(start) + ms);
  await stage.pass(MIN);
}

test('what came due in an outage is told once, and says how late it is', async () => {
  const userId = await stage.person();
  const start = await stage.wall(1, '10:00');
  const kept = await stage.remind(userId, { start });
  await outage(start, 2 * HOUR + 15 * MIN);
  expect(textsOf(await stage.messages(kept))).toEqual(['🔔 <b>stretch</b>\n(с опозданием на 2 ч 15 мин)']);
});

test('what is too late is missed: it is not told, and the next digest knows of it', async () => {
  const userId = await stage.person();
  const start = await stage.wall(1, '10:00');
  const hour = { kind: 'once', maxLateMinutes: 60 } as const;
  const [pill, skipped, usual] = [
    await stage.remind(userId, { start, misfire: hour, text: 'pill' }),
    await stage.remind(userId, { start, misfire: { kind: 'skip' } }),
    await stage.remind(userId, { start }),
  ];
  await outage(start, 11 * HOUR);
  for (const kept of [pill, skipped]) {
    expect(await stage.messages(kept)).toEqual([]);
    expect(await stage.occurrences(kept)).toEqual({ [keyOf(start)]: 'missed' });
  }
  expect(await stage.messages(usual)).toHaveLength(1);
  const missed = await listMissedReminders(stage.em(), userId, { sinceMs: 0, limit: 10 });
  expect(missed.map(({ text }) => text).sort()).toEqual(['pill', 'stretch']);
});

test('after days without workers each reminder says at most one thing, and the series goes on', async () => {
  const userId = await stage.person({ language: 'en' });
  const start = await stage.wall(1, '10:00');
  const daily = await stage.remind(userId, { start, rule: 'FREQ=DAILY' });
  const hourly = await stage.remind(userId, { start, rule: 'FREQ=HOURLY', leadMinutes: [5] });
  await outage(start, 3 * DAY_MS + 20 * MIN);
  expect(textsOf(await stage.messages(daily))).toEqual(['🔔 <b>stretch</b>\n(20 min late)']);
  expect(textsOf(await stage.messages(hourly))).toEqual(['🔔 <b>stretch</b>\n(20 min late)']);
  const states = Object.values(await stage.occurrences(daily));
  expect(states).toEqual(['missed', 'missed', 'missed', 'sent']);
  await stage.pass(DAY_MS);
  expect(await stage.messages(daily)).toHaveLength(2);
  expect(await stage.messages(hourly)).toHaveLength(1 + 2 * 24);
  await stage.change(hourly, { kind: 'delete' });
  await stage.change(daily, { kind: 'delete' });
});

test('in quiet hours it comes without a sound, or waits for their end, as was chosen', async () => {
  const userId = await stage.person();
  await stage
    .em()
    .execute(`update user_settings set quiet_from = '23:00', quiet_to = '07:00' where user_id = ?`, [userId]);
  const start = await stage.wall(1, '23:30');
  const silent = await stage.remind(userId, { start });
  const held = await stage.remind(userId, { start, quiet: 'hold' });
  const loud = await stage.remind(userId, { start, quiet: 'send' });
  await stage.passTo(at(start) + 8 * HOUR);
  const [first, second, third] = await Promise.all([silent, held, loud].map((kept) => stage.messages(kept)));
  expect([first?.[0]?.payload, second?.[0]?.payload, third?.[0]?.payload]).toMatchObject([
    ...[{ silent: true }, { silent: false }, { silent: false }],
  ]);
  expect((await stage.toldAt(held, 'Europe/Berlin'))[0]?.slice(11)).toBe('07:00');
});

test('a snooze that passed in an outage comes once, late', async () => {
  const userId = await stage.person({ language: 'en' });
  const start = await stage.wall(1, '10:00');
  const kept = await stage.remind(userId, { start, rule: 'FREQ=WEEKLY' });
  await stage.passTo(at(start) + MIN);
  await stage.change(kept, { kind: 'snooze', occurrence: null, untilMs: at(start) + HOUR });
  await outage(start, 3 * HOUR);
  expect(textsOf(await stage.messages(kept)).at(-1)).toBe('🔔 <b>stretch</b>\n(2 h late)');
  expect(await stage.messages(kept)).toHaveLength(2);
  await stage.change(kept, { kind: 'delete' });
});
