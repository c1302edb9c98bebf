import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFocusActivities } from '../../activities/agenda/focus.ts';
import { changeFocus, startFocus } from '../../client/focus.ts';
import type { FocusChange } from '../../contracts/focus.ts';
import { focusByDay, focusByTask, readFocusSession } from '../../db/repositories/focus-sessions.ts';
import { addTask } from '../../db/repositories/tasks.ts';
import { USUAL_PLAN } from '../../domain/agenda/focus/pomodoro.ts';
import { dateOf } from '../../domain/agenda/zoned-time.ts';
import { aTask } from '../support/a-task.ts';
import { startAgendaStage, textsOf, type AgendaStage } from '../support/agenda-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

const MIN = 60_000;

describe.skipIf(TEST_SERVER === undefined)('focus in virtual time', () => {
  let stage: AgendaStage;
  beforeAll(async () => {
    stage = await startAgendaStage(createFocusActivities);
  });
  afterAll(async () => await stage.stop());

  async function start(userId: string, taskId: string | null = null): Promise<string> {
    const id = randomUUID();
    await startFocus(stage.client, id, { userId, taskId, plan: USUAL_PLAN });
    return id;
  }
  const change = async (userId: string, sessionId: string, what: FocusChange) =>
    await changeFocus(stage.client, { userId, sessionId, change: what, requestId: randomUUID() });

  test('a session tells of each phase once and ends by itself', async () => {
    const userId = await stage.person({ language: 'en' });
    await start(userId);
    await stage.pass(131 * MIN);
    const texts = textsOf(await stage.told(userId)).map((text) => text.split('\n')[0]);
    expect(texts).toEqual([
      ...['Done — a good round! 👏', 'The break is over, back to it.', 'Done — a good round! 👏'],
      ...['The break is over, back to it.', 'Done — a good round! 👏', 'The break is over, back to it.'],
      ...['Done — a good round! 👏', 'The long break is over.'],
    ]);
    expect(await readFocusSession(stage.em(), userId)).toBeNull();
  });

  test('a pause holds the phase; what was pressed twice, or under an old message, is done once', async () => {
    const userId = await stage.person();
    const id = await start(userId);
    await stage.pass(10 * MIN);
    expect(await change(userId, id, { kind: 'pause', step: 0 })).toMatchObject({ changed: true });
    expect(await change(userId, id, { kind: 'pause', step: 0 })).toMatchObject({ changed: false });
    await stage.pass(300 * MIN);
    expect(await stage.told(userId)).toEqual([]);
    await change(userId, id, { kind: 'resume', step: 0 });
    await stage.pass(15 * MIN + 1_000);
    expect(await stage.told(userId)).toHaveLength(1);
    expect(await change(userId, id, { kind: 'skip', step: 0 })).toMatchObject({ changed: false });
    expect(await change(userId, id, { kind: 'skip', step: 1 })).toMatchObject({ changed: true, steps: 2 });
  });

  test('one session at a time, and somebody else’s is none of mine', async () => {
    const [mine, other] = [await stage.person(), await stage.person()];
    const id = await start(mine);
    await expect(start(mine)).rejects.toMatchObject({ code: 'focus-running' });
    await expect(change(other, id, { kind: 'stop', step: null })).rejects.toMatchObject({ code: 'focus-not-found' });
    await change(mine, id, { kind: 'stop', step: null });
    await expect(change(mine, id, { kind: 'resume', step: null })).rejects.toMatchObject({ code: 'focus-over' });
    await start(mine);
  });

  test('focus is counted by day and by task, without pauses and breaks', async () => {
    const userId = await stage.person();
    const task = randomUUID();
    await addTask(stage.em(), { userId, id: task }, aTask({ title: 'отчёт', priority: 1 }));
    const id = await start(userId, task);
    const from = dateOf(await stage.now(), 'Europe/Berlin');
    await stage.pass(26 * MIN);
    await change(userId, id, { kind: 'stop', step: null });
    const span = { userId, from, to: dateOf(await stage.now(), 'Europe/Berlin'), zone: 'Europe/Berlin' };
    expect(await focusByTask(stage.em(), span)).toEqual([
      { taskId: task, title: 'отчёт', rounds: 1, focusedMs: 25 * MIN },
    ]);
    expect(await focusByDay(stage.em(), span)).toMatchObject([{ rounds: 1, focusedMs: 25 * MIN }]);
  });
});
