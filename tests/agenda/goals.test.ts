import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGoalActivities } from '../../activities/agenda/goals.ts';
import { changeGoal, createGoal } from '../../client/goals.ts';
import type { GoalChange } from '../../contracts/goals.ts';
import { readGoal } from '../../db/repositories/goals.ts';
import { DAY_MS } from '../../domain/agenda/zoned-time.ts';
import { startAgendaStage, textsOf, type AgendaStage } from '../support/agenda-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

describe.skipIf(TEST_SERVER === undefined)('goals in virtual time', () => {
  let stage: AgendaStage;
  beforeAll(async () => {
    stage = await startAgendaStage(createGoalActivities);
  });
  afterAll(async () => await stage.stop());

  async function goal(userId: string): Promise<string> {
    const id = randomUUID();
    const asked = { checkInOn: 7, checkInAt: '18:00' };
    const what = { title: 'Прочитать 12 книг', why: '', unit: 'книг', target: 12, dueDate: null };
    await createGoal(stage.client, id, { userId, ...what, ...asked, milestones: ['первая'] });
    return id;
  }
  const change = async (userId: string, goalId: string, what: GoalChange) =>
    await changeGoal(stage.client, { userId, goalId, change: what, requestId: randomUUID() });

  test('one question a week, recorded with its answer, until the goal is reached', async () => {
    const userId = await stage.person();
    const id = await goal(userId);
    await stage.pass(14 * DAY_MS);
    expect(textsOf(await stage.told(userId))).toHaveLength(2);
    expect(textsOf(await stage.told(userId))[0]).toContain('маленького шага');
    await change(userId, id, { kind: 'progress', progress: 4 });
    await change(userId, id, { kind: 'answer', date: null, answer: 'читаю утром' });
    expect((await readGoal(stage.em(), userId, id))?.checkIns.at(-1)).toMatchObject({
      answer: 'читаю утром',
      progress: 4,
    });
    expect(await change(userId, id, { kind: 'progress', progress: 12 })).toMatchObject({ state: 'reached' });
    await stage.pass(30 * DAY_MS);
    expect(await stage.told(userId)).toHaveLength(2);
  });

  test('milestones are marked once; what is dropped is not asked and can be taken up again', async () => {
    const userId = await stage.person();
    const id = await goal(userId);
    const milestone = (await readGoal(stage.em(), userId, id))?.milestones[0]?.id ?? '';
    expect(await change(userId, id, { kind: 'milestone', id: milestone, done: true })).toMatchObject({ changed: true });
    expect(await change(userId, id, { kind: 'milestone', id: milestone, done: true })).toMatchObject({
      changed: false,
    });
    await expect(change(userId, id, { kind: 'milestone', id: randomUUID(), done: true })).rejects.toMatchObject({
      code: 'milestone-not-found',
    });
    await change(userId, id, { kind: 'drop' });
    await stage.pass(7 * DAY_MS);
    expect(await stage.told(userId)).toEqual([]);
    await change(userId, id, { kind: 'take-up' });
    await stage.pass(7 * DAY_MS);
    expect(await stage.told(userId)).toHaveLength(1);
  });

  test('somebody else’s goal is none of mine; a deleted one is gone', async () => {
    const [mine, other] = [await stage.person(), await stage.person()];
    const id = await goal(mine);
    await expect(change(other, id, { kind: 'delete' })).rejects.toMatchObject({ code: 'goal-not-found' });
    await change(mine, id, { kind: 'delete' });
    expect(await readGoal(stage.em(), mine, id)).toBeNull();
    await expect(change(mine, id, { kind: 'drop' })).rejects.toMatchObject({ code: 'goal-not-found' });
  });
});
