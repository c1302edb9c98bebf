import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReminderActivities } from '../../activities/agenda/reminders.ts';
import { reminderAt } from '../../domain/agenda/reminder.ts';
import { instantOf } from '../../domain/agenda/zoned-time.ts';
import { textsOf } from '../support/agenda-stage.ts';
import { keyOf, startReminderStage, type ReminderStage } from '../support/reminder-stage.ts';

const MIN = 60_000;
const BERLIN = 'Europe/Berlin';
const at = (wall: string): number => instantOf(wall, BERLIN);

let stage: ReminderStage;
beforeAll(async () => {
  stage = await startReminderStage();
}, 60_000);
afterAll(async () => await stage.stop());

describe('a reminder of one time', () => {
  test('is told once, at its time, with buttons, and is over', async () => {
    const userId = await stage.person();
    const start = await stage.wall(1, '08:30');
    const kept = await stage.remind(userId, { start, text: 'полить <цветы>' });
    expect(await stage.messages(kept)).toEqual([]);
    await stage.passTo(at(start) + MIN);
    const [message, ...more] = await stage.messages(kept);
    expect(more).toEqual([]);
    expect(message?.payload).toMatchObject({ kind: 'text', html: '🔔 <b>полить &lt;цветы&gt;</b>', silent: false });
    const payload = message?.payload;
    const buttons = payload?.kind === 'text' ? (payload.keyboard?.flat() ?? []) : [];
    expect(buttons.map(({ text }) => text)).toEqual([
      ...['✓ сделано', '10 мин', '1 ч', '3 ч', 'завтра', 'через неделю', 'другое время…'],
    ]);
    expect(await stage.toldAt(kept, BERLIN)).toEqual([start.slice(0, 16)]);
    await stage.pass(3 * 24 * 60 * MIN);
    expect(await stage.messages(kept)).toHaveLength(1);
  });

  test('that was told is snoozed all the same, and comes again', async () => {
    const userId = await stage.person();
    const start = await stage.wall(1, '09:00');
    const kept = await stage.remind(userId, { start });
    await stage.passTo(at(start) + MIN);
    const outcome = await stage.change(kept, { kind: 'snooze', occurrence: keyOf(start), minutes: 10 });
    expect(outcome).toMatchObject({ changed: true, state: 'active', occurrence: { state: 'snoozed' } });
    await stage.pass(11 * MIN);
    expect(await stage.messages(kept)).toHaveLength(2);
    expect(await stage.occurrences(kept)).toEqual({ [keyOf(start)]: 'sent' });
  });

  test('pressed done twice is done once: the second press changes nothing', async () => {
    const userId = await stage.person({ language: 'en' });
    const start = await stage.wall(1, '08:40');
    const kept = await stage.remind(userId, { start });
    await stage.passTo(at(start) + MIN);
    const change = { kind: 'done', occurrence: keyOf(start) } as const;
    const [first, second] = await Promise.all([stage.change(kept, change), stage.change(kept, change)]);
    expect([first.changed, second.changed].sort()).toEqual([false, true]);
    const edits = (await stage.told(userId)).filter((message) => message.edits !== null);
    expect(textsOf(edits)).toEqual(['<b>stretch</b>\n✓ done 8:41']);
    expect(edits[0]?.payload).not.toHaveProperty('keyboard');
    // A late press of another button of the same message.
    const late = await stage.change(kept, { kind: 'snooze', occurrence: keyOf(start), minutes: 60 });
    expect(late).toMatchObject({ changed: false, occurrence: { state: 'done' } });
    await stage.pass(120 * MIN);
    expect(await stage.messages(kept)).toHaveLength(1);
  });

  test('done before its time is not told, and told again when it was not done after all', async () => {
    const userId = await stage.person();
    const start = await stage.wall(2, '10:00');
    const kept = await stage.remind(userId, { start });
    expect(await stage.change(kept, { kind: 'done', occurrence: null })).toMatchObject({ state: 'done' });
    expect(await stage.change(kept, { kind: 'undo-done', occurrence: null })).toMatchObject({ state: 'active' });
    await stage.passTo(at(start) + MIN);
    expect(await stage.messages(kept)).toHaveLength(1);
  });
});

describe('a series', () => {
  test('goes on while one of its occurrences is snoozed past the next', async () => {
    const userId = await stage.person();
    const start = await stage.wall(1, '12:00');
    const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY;COUNT=3' });
    await stage.passTo(at(start) + MIN);
    await stage.change(kept, { kind: 'snooze', occurrence: null, untilMs: at(start) + 25 * 60 * MIN });
    await stage.passTo(at(start) + 26 * 60 * MIN);
    const told = (await stage.messages(kept)).map(({ key }) => key.split(':').slice(2).join(':'));
    const second = keyOf(await stage.wall(0, '12:00'));
    expect(told).toEqual([`${keyOf(start)}:1`, `${second}:1`, `${keyOf(start)}:2`]);
    await stage.pass(24 * 60 * MIN);
    expect(await stage.messages(kept)).toHaveLength(4);
    expect((await stage.change(kept, { kind: 'pause' })).state).toBe('done');
  });

  test('is edited while one of its occurrences is snoozed: that one still comes, the old times do not', async () => {
    const userId = await stage.person();
    const start = await stage.wall(1, '12:00');
    const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY' });
    await stage.passTo(at(start) + MIN);
    const [snoozed, edited] = await Promise.all([
      stage.change(kept, { kind: 'snooze', occurrence: keyOf(start), minutes: 60 }),
      stage.change(kept, { kind: 'edit', edit: { start: start.replace('T12', 'T15'), text: 'run' } }),
    ]);
    expect([snoozed.changed, edited.changed]).toEqual([true, true]);
    await stage.passTo(at(start) + 4 * 60 * MIN);
    expect(textsOf(await stage.messages(kept))).toEqual(['🔔 <b>stretch</b>', '🔔 <b>run</b>', '🔔 <b>run</b>']);
    expect(Object.keys(await stage.occurrences(kept))).toEqual([keyOf(start), keyOf(start.replace('T12', 'T15'))]);
    await stage.change(kept, { kind: 'snooze', occurrence: null, minutes: 60 });
    await stage.change(kept, { kind: 'edit', edit: { text: 'walk' }, dropSnoozed: true });
    await stage.pass(90 * MIN);
    expect(await stage.messages(kept)).toHaveLength(3);
    await stage.change(kept, { kind: 'delete' });
  });

  test('is silent while it is paused, does not make up for it, and is gone when it is deleted', async () => {
    const userId = await stage.person();
    const start = await stage.wall(1, '12:00');
    const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY' });
    expect(await stage.change(kept, { kind: 'pause' })).toMatchObject({ state: 'paused', nextAtMs: null });
    await stage.passTo(at(start) + 49 * 60 * MIN);
    expect(await stage.change(kept, { kind: 'resume' })).toMatchObject({ state: 'active' });
    await stage.pass(24 * 60 * MIN);
    expect(await stage.messages(kept)).toHaveLength(1);
    const raced = await Promise.allSettled([
      stage.change(kept, { kind: 'delete' }),
      stage.change(kept, { kind: 'snooze', occurrence: null, minutes: 10 }),
    ]);
    expect(raced[0]).toMatchObject({ status: 'fulfilled', value: { state: 'deleted' } });
    await stage.pass(48 * 60 * MIN);
    expect(await stage.messages(kept)).toHaveLength(1);
    await expect(stage.change(kept, { kind: 'resume' })).rejects.toMatchObject({ code: 'reminder-not-found' });
  });

  test('skips one occurrence, tells beforehand, and asks again until it is done', async () => {
    const userId = await stage.person({ language: 'en' });
    const start = await stage.wall(1, '12:00');
    const nag = { everyMinutes: 10, times: 3 };
    const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY', leadMinutes: [15], nag });
    await stage.change(kept, { kind: 'skip', occurrence: null });
    await stage.passTo(at(start) + 60 * MIN);
    expect(await stage.messages(kept)).toEqual([]);
    await stage.passTo(at(start) + (24 * 60 + 15) * MIN);
    expect(textsOf(await stage.messages(kept))).toEqual([
      ...['🔔 <b>stretch</b>\nin 15 min, at 12:00', '🔔 <b>stretch</b>', '🔔 <b>stretch</b>\nonce more'],
    ]);
    await stage.change(kept, { kind: 'done', occurrence: null });
    await stage.pass(60 * MIN);
    expect(await stage.messages(kept)).toHaveLength(3);
    await stage.change(kept, { kind: 'delete' });
  });
});

test('of another person nothing is changed', async () => {
  const [owner, other] = [await stage.person(), await stage.person()];
  const kept = await stage.remind(owner, { start: await stage.wall(3, '12:00') });
  await expect(stage.change({ ...kept, userId: other }, { kind: 'delete' })).rejects.toMatchObject({
    code: 'reminder-not-found',
  });
});

test('who has blocked the bot is told nothing; the series goes on, and comes again when he is back', async () => {
  const userId = await stage.person();
  const start = await stage.wall(1, '12:00');
  const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY' });
  const chat = async (state: string) =>
    await stage.em().execute('update chat set state = ? where user_id = ?', [state, userId]);
  await chat('blocked');
  await stage.passTo(at(start) + 25 * 60 * MIN);
  expect(Object.values(await stage.occurrences(kept))).toEqual(['undelivered', 'undelivered']);
  await chat('active');
  await stage.pass(24 * 60 * MIN);
  expect(await stage.messages(kept)).toHaveLength(1);
  await stage.change(kept, { kind: 'delete' });
});

test('the same change asked for twice under one id is made once', async () => {
  const userId = await stage.person();
  const start = await stage.wall(1, '12:00');
  const kept = await stage.remind(userId, { start, rule: 'FREQ=DAILY;COUNT=5' });
  const skip = { kind: 'skip', occurrence: null } as const;
  await Promise.all([stage.change(kept, skip, 'one'), stage.change(kept, skip, 'one')]);
  expect(Object.values(await stage.occurrences(kept))).toEqual(['skipped']);
  await stage.change(kept, { kind: 'delete' });
});

test('a repeat tells nothing, and wakes whoever may have something to send: the one before may have died after its commit', async () => {
  const userId = await stage.person();
  const woken: unknown[] = [];
  const wakeSenders = async (messengers: unknown) => void woken.push(messengers);
  const activities = createReminderActivities({ em: stage.em, wakeSenders, clock: () => 0 });
  // Each as the first attempt: what a local activity did before a crash is not counted.
  const run = async <T>(step: () => Promise<T>): Promise<T> => await new MockActivityEnvironment().run(step);
  const [reminderId, start] = [randomUUID(), await stage.wall(1, '12:00')];
  const create = { ...reminderAt({ text: 'stretch', start }), userId };
  const asked = { id: reminderId, nowMs: at(start) - MIN, askedMs: at(start) - MIN };
  await run(async () => await activities.planReminder({ ...asked, create }));
  expect(woken).toEqual([]);
  const due = { id: reminderId, nowMs: at(start) };
  const first = await run(async () => await activities.fireReminder(due));
  expect(await run(async () => await activities.fireReminder(due))).toEqual(first);
  expect(woken).toEqual([['telegram'], ['telegram', 'max']]);
  expect(await stage.messages({ reminderId, userId })).toHaveLength(1);
});
