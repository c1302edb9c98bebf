import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdviceActivities } from '../../activities/agenda/advice.ts';
import { createGoalActivities } from '../../activities/agenda/goals.ts';
import { createGoal } from '../../client/goals.ts';
import { adviceWorkflowId } from '../../contracts/advice.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { buttonData, shortId } from '../../domain/agenda/button-data.ts';
import { startDialogStage, toastIn, type DialogStage } from '../support/dialog-stage.ts';
import { TEST_SERVER } from '../support/time-skipping.ts';

describe.skipIf(TEST_SERVER === undefined)('advice in the chat', () => {
  let stage: DialogStage;
  beforeAll(async () => {
    const advisor = { advise: async () => await Promise.resolve('Идите <дальше>.') };
    stage = await startDialogStage(
      [],
      (parts) => ({ ...createGoalActivities(parts), ...createAdviceActivities({ ...parts, advisor }) }),
      [TASK_QUEUES.llm],
    );
  });
  afterAll(async () => await stage.stop());

  test('the button is answered at once, and the advice comes as a message that says what it is', async () => {
    const anna = await stage.settled();
    const [userId, goalId] = [await anna.userId(), randomUUID()];
    const what = { title: 'Бег', why: '', unit: null, target: 100, dueDate: null, checkInOn: null };
    await createGoal(stage.client, goalId, { userId, ...what, checkInAt: '18:00', milestones: [] });
    await anna.command('goals');
    const shown = await anna.pressData(buttonData('goal.open', shortId(goalId)));
    expect(JSON.stringify(shown)).toContain('💡 Совет');
    expect(toastIn(await anna.press('💡 Совет'))).toBe('Совет уже готовится…');
    await stage.client.workflow.getHandle(adviceWorkflowId(goalId)).result();
    const [told] = await stage
      .em()
      .execute<{ html: string }[]>(
        `select payload ->> 'html' as html from outbox_message where user_id = ? and dedupe_key like 'advice:%'`,
        [userId],
      );
    expect(told?.html).toBe(
      '🎯 <b>Бег</b>\nСейчас: 0 %\n\nИдите &lt;дальше&gt;.\n\n🤖 Это совет от модели по вашим данным, а не указание.',
    );
  });

  test('a goal that is gone gets a word instead', async () => {
    const anna = await stage.settled();
    const data = buttonData('goal.review', shortId(randomUUID()));
    expect(toastIn(await anna.pressData(data))).toBe('Этой цели больше нет.');
  });
});
