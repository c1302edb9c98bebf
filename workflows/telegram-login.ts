import { allHandlersFinished, condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { LoginActivities } from '../activities/accounts/login.ts';
import { loginActionUpdate, type LoginAction, type TelegramLoginInput } from '../contracts/accounts.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { LoginStepName } from '../domain/accounts/account-state.ts';

const { loginStep, giveUpLogin } = proxyActivities<LoginActivities>({
  taskQueue: TASK_QUEUES.telegramAccount,
  startToCloseTimeout: '90s',
  scheduleToStartTimeout: '1m', // nobody waits longer at a form
  retry: { maximumAttempts: 3 },
});

const LIFE = '10 minutes';
/** Wrong codes and passwords, together. */
const MAX_WRONG = 5;

/** A sign-in to Telegram: takes the person's actions one after the other, and ends after ten minutes at the latest. */
export async function telegramLogin(input: TelegramLoginInput): Promise<LoginStepName> {
  let step: LoginStepName = 'sending';
  let wrong = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function take({ kind }: LoginAction): Promise<LoginStepName> {
    const result = await loginStep({ ...input, action: kind });
    step = result.step;
    if (result.isWrong) wrong += 1;
    if (wrong < MAX_WRONG || isOver(step)) return step;
    await giveUpLogin({ ...input, errorCode: 'LOGIN_ATTEMPTS' });
    return (step = 'failed');
  }

  setHandler(loginActionUpdate, async (action) => {
    const mine = turn.then(async () => await take(action));
    turn = mine.catch(() => undefined);
    return await mine;
  });
  await condition(() => isOver(step), LIFE);
  await condition(allHandlersFinished);
  if (!isOver(step)) {
    await giveUpLogin({ ...input, errorCode: 'LOGIN_EXPIRED' });
    step = 'failed';
  }
  return step;
}

const isOver = (step: LoginStepName): boolean => step === 'done' || step === 'failed' || step === 'cancelled';
