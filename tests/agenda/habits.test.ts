import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHabitActivities } from '../../activities/agenda/habits.ts';
import { planAgain } from '../../client/agenda.ts';
import { readHabit } from '../../db/repositories/habits.ts';
import { readMarksOf } from '../../db/repositories/habit-entries.ts';
import { addDays, dateOf, instantOf, wallTimeAt } from '../../domain/agenda/zoned-time.ts';
import { renderPng } from '../../providers/pictures/render-png.ts';
import { habitWith } from '../support/a-habit.ts';
import { startHabitStage, type HabitStage } from '../support/habit-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

const BERLIN = 'Europe/Berlin';
const litres = { kind: 'at-least', unit: 'л', pressAdds: 0.5, goal: { times: 1, days: 1, target: 2 } } as const;

describe.skipIf(TEST_SERVER === undefined)('habits in virtual time', () => {
  let stage: HabitStage;
  beforeAll(async () => {
    stage = await startHabitStage();
  });
  afterAll(async () => await stage.stop());

  const today = async () => dateOf(await stage.now(), BERLIN, '04:00');
  /** Half past four in the morning of tomorrow: a new day of the habit. */
  const nextMorning = async (): Promise<string> => {
    const day = addDays(await today(), 1);
    await stage.passTo(day, '04:30');
    return day;
  };

  test('asks at its times until the day is done, and the messages say so then', async () => {
    const userId = await stage.person();
    const day = await nextMorning();
    const habit = await stage.begin(userId, { promptTimes: ['21:00', '09:00', '13:00'] });
    await stage.passTo(day, '13:00');
    expect(await stage.asked(habit)).toEqual([`${day} 09:00`, `${day} 13:00`]);
    expect(await stage.shown(habit, `${day} 09:00`)).toMatchObject({ payload: { kind: 'text', keyboard: [[{}, {}]] } });
    const tick = { kind: 'mark', day, mark: 'done' } as const;
    const [first, second] = [await stage.change(habit, tick), await stage.change(habit, tick)];
    expect([first, second]).toEqual([{ changed: true }, { changed: false }]);
    for (const prompt of ['09:00', '13:00']) {
      const shown = await stage.shown(habit, `${day} ${prompt}`);
      expect(shown?.payload).toMatchObject({ kind: 'edit', html: expect.stringContaining('серия 1 день') as string });
      expect(shown?.payload).not.toHaveProperty('keyboard');
    }
    await stage.passTo(addDays(day, 1), '09:00');
    expect((await stage.asked(habit)).slice(2)).toEqual([`${addDays(day, 1)} 09:00`]);
    await stage.change(habit, { kind: 'mark', day, mark: null });
    expect((await stage.shown(habit, `${day} 09:00`))?.payload).toHaveProperty('keyboard');
    await stage.change(habit, { kind: 'archive' });
  });

  test('an update that arrives twice is made once, and somebody else’s habit is none of mine', async () => {
    const [mine, other] = [await stage.person(), await stage.person()];
    const habit = await stage.begin(mine, litres);
    const day = await today();
    const requestId = randomUUID();
    const more = { kind: 'mark', day, mark: 0.5, expected: null } as const;
    await stage.change(habit, more, requestId);
    await stage.change(habit, more, requestId);
    // The same button of the same message once more: what it adds is there already.
    expect(await stage.change(habit, more)).toEqual({ changed: false });
    expect(await stage.change(habit, { ...more, mark: 1, expected: 0.5 })).toEqual({ changed: true });
    expect([...(await readMarksOf(stage.em(), habit.habitId)).values()]).toEqual([1]);
    const theirs = stage.change({ ...habit, userId: other }, more);
    await expect(theirs).rejects.toMatchObject({ code: 'habit-not-found' });
    await expect(stage.change(habit, { ...more, mark: 'done' })).rejects.toMatchObject({ code: 'amount-invalid' });
    await expect(stage.change(habit, { ...more, day: addDays(day, 1) })).rejects.toMatchObject({ code: 'day-invalid' });
  });

  test('a measured habit asks on until its target is met, with what is still missing', async () => {
    const userId = await stage.person({ language: 'en' });
    const day = await nextMorning();
    const habit = await stage.begin(userId, {
      ...litres,
      unit: 'l',
      name: 'Water',
      promptTimes: ['10:00', '12:00', '14:00'],
    });
    await stage.passTo(day, '10:00');
    const texts = async () => {
      const payload = (await stage.shown(habit, `${day} 10:00`))?.payload;
      return payload !== undefined && 'keyboard' in payload ? payload.keyboard.flat().map(({ text }) => text) : [];
    };
    expect(await texts()).toEqual(['+0.5 l', '+2 l', '✏️ Other number', '⏭ Skip']);
    await stage.change(habit, { kind: 'mark', day, mark: 0.5, expected: null });
    expect(await texts()).toEqual(['+0.5 l', '+1.5 l', '✏️ Other number', '⏭ Skip']);
    await stage.passTo(day, '12:00');
    await stage.change(habit, { kind: 'mark', day, mark: 2, expected: 0.5 });
    await stage.passTo(day, '14:00');
    expect(await stage.asked(habit)).toEqual([`${day} 10:00`, `${day} 12:00`]);
    expect(await texts()).toEqual([]);
    await stage.change(habit, { kind: 'archive' });
  });

  test('nothing is asked on rest days and in a vacation, and streak and strength are kept', async () => {
    const userId = await stage.person();
    const day = await nextMorning();
    const habit = await stage.begin(userId, { promptTimes: ['09:00'] });
    await stage.change(habit, { kind: 'mark', day, mark: 'done' });
    await stage.change(habit, { kind: 'pause', from: addDays(day, 1), to: addDays(day, 5) });
    await stage.passTo(addDays(day, 6), '08:00');
    expect(await stage.asked(habit)).toEqual([]);
    const before = await stage.statistics(habit, day);
    const after = await stage.statistics(habit, addDays(day, 5));
    expect(after.strength).toBe(before.strength);
    expect(after.streak).toMatchObject({ length: 6, active: 1 });
    await stage.passTo(addDays(day, 6), '09:00');
    expect(await stage.asked(habit)).toEqual([`${addDays(day, 6)} 09:00`]);
    await stage.change(habit, { kind: 'define', patch: { restDays: [1, 2, 3, 4, 5, 6] } });
    await stage.passTo(addDays(day, 20), '09:00');
    const asked = (await stage.asked(habit)).slice(1).map((prompt) => new Date(prompt.slice(0, 10)).getUTCDay());
    expect(asked).toEqual([0, 0]);
    await stage.change(habit, { kind: 'pause', from: await today(), to: null });
    expect((await stage.planned('habit', habit.habitId))?.next).toEqual({ state: 'over' });
    await stage.change(habit, { kind: 'resume' });
    expect((await stage.planned('habit', habit.habitId))?.next.state).toBe('waits');
    await stage.change(habit, { kind: 'delete' });
    expect(await readHabit(stage.em(), userId, habit.habitId)).toBeNull();
  });

  test('after an outage one late question of today, none of yesterday, and a repeat asks nothing', async () => {
    const userId = await stage.person();
    const woken: unknown[] = [];
    const wakeSenders = async (messengers: unknown) => void woken.push(messengers);
    const activities = createHabitActivities({ em: stage.em, wakeSenders, renderPng });
    const habit = { habitId: randomUUID(), userId };
    const at = (day: string, time: string) => instantOf(wallTimeAt(day, time), BERLIN);
    const create = { ...habitWith({ promptTimes: ['08:00', '10:00', '12:00'] }), userId };
    const id = habit.habitId;
    expect(await activities.planHabit({ id, nowMs: at('2030-01-07', '05:00'), create })).toEqual({
      ...{ next: { state: 'waits', atMs: at('2030-01-07', '08:00') }, version: 1 },
    });
    const late = { id, nowMs: at('2030-01-08', '11:00') };
    const next = { state: 'waits', atMs: at('2030-01-08', '12:00') };
    expect(await activities.fireHabit(late)).toMatchObject({ next });
    expect(await activities.fireHabit(late)).toMatchObject({ next });
    expect(await stage.asked(habit)).toEqual(['2030-01-08 10:00']);
    expect((await stage.shown(habit, '2030-01-08 10:00'))?.payload).toMatchObject({
      html: expect.stringContaining('с опозданием') as string,
    });
    // The second time its answer may have been lost: whoever may have something to send is woken.
    expect(woken).toEqual([['telegram'], ['telegram', 'max']]);
  });

  test('the next step of a micro-goal is proposed once, and counts only once it is agreed to', async () => {
    const userId = await stage.person();
    const start = await nextMorning();
    const microGoal = { goal: 2, step: 0.5, mark: 0.3 };
    const habit = await stage.begin(userId, { ...litres, goal: { times: 1, days: 1, target: 1 }, microGoal });
    for (let day = 0; day < 20; day += 1) {
      await stage.change(habit, { kind: 'mark', day: addDays(start, day), mark: 1 });
      await nextMorning();
    }
    const raised = async () => (await stage.told(userId)).filter(({ key }) => key.includes(':raise:'));
    expect(await raised()).toMatchObject([
      { payload: { html: expect.stringContaining('1 л в день → от 1,5 л') as string } },
    ]);
    const goal = async () => (await readHabit(stage.em(), userId, habit.habitId))?.goals.at(-1)?.target;
    expect(await goal()).toBe(1);
    const before = (await stage.statistics(habit, addDays(start, 19))).strength;
    const agree = { kind: 'raise', aim: 1.5, agreed: true } as const;
    expect(await stage.change(habit, agree)).toEqual({ changed: true });
    expect(await stage.change(habit, agree)).toEqual({ changed: false });
    expect(await goal()).toBe(1.5);
    expect((await stage.statistics(habit, addDays(start, 19))).strength).toBe(before);
  });

  test('who moves to another zone is asked at that zone’s time, and about no time twice', async () => {
    const userId = await stage.person({ zone: BERLIN });
    const day = await nextMorning();
    const habit = await stage.begin(userId, { promptTimes: ['09:00'] });
    await stage.passTo(day, '09:00');
    await stage.em().execute(`update user_settings set zone = 'America/New_York' where user_id = ?`, [userId]);
    await planAgain(stage.client, [`habit:${habit.habitId}`]);
    await stage.passTo(day, '12:00', 'America/New_York');
    expect(await stage.asked(habit)).toEqual([`${day} 09:00`]);
    await stage.passTo(addDays(day, 1), '09:00', 'America/New_York');
    expect(await stage.asked(habit)).toEqual([`${day} 09:00`, `${addDays(day, 1)} 09:00`]);
    await stage.change(habit, { kind: 'archive' });
  });

  test('Sunday evening brings the heat map as a picture', async () => {
    const userId = await stage.person();
    const habit = await stage.begin(userId, { weeklyPicture: true });
    await stage.pass(8 * 86_400_000);
    const pictures = (await stage.told(userId)).filter(({ payload }) => payload.kind === 'picture');
    expect(pictures.map(({ key }) => new Date(key.split(':')[2] ?? '').getUTCDay())).toContain(0);
    await stage.change(habit, { kind: 'archive' });
  });

  test('the day cycle keeps the wall clock over the night in which the clock is put forward', async () => {
    const userId = await stage.person();
    await stage.passTo('2027-03-27', '08:00');
    const habit = await stage.begin(userId, { promptTimes: ['09:00', '21:00', '02:30'] });
    await stage.passTo('2027-03-27', '21:00');
    expect(await stage.asked(habit)).toEqual(['2027-03-27 09:00', '2027-03-27 21:00']);
    // 02:30 does not exist that night: an hour later by the clock, and still the day before, as the day begins at four.
    await stage.passTo('2027-03-28', '03:20');
    expect(await stage.asked(habit)).toHaveLength(2);
    await stage.passTo('2027-03-28', '03:30');
    expect((await stage.asked(habit)).at(-1)).toBe('2027-03-27 02:30');
    await stage.change(habit, { kind: 'mark', day: dateOf(await stage.now(), BERLIN, '04:00'), mark: 'done' });
    expect(await stage.statistics(habit, '2027-03-27')).toMatchObject({ streak: { length: 1 } });
    await stage.passTo('2027-03-28', '08:50');
    expect(await stage.asked(habit)).toHaveLength(3);
    await stage.passTo('2027-03-28', '09:00');
    expect((await stage.asked(habit)).at(-1)).toBe('2027-03-28 09:00');
    await stage.passTo('2027-03-29', '09:00');
    expect((await stage.asked(habit)).slice(-3)).toEqual(['2027-03-28 21:00', '2027-03-28 02:30', '2027-03-29 09:00']);
    await stage.change(habit, { kind: 'archive' });
  });
});
