import { proxyActivities } from '@temporalio/workflow';
import type { BotActivities } from '../activities/accounts/bots.ts';
import type { BotCheck, CheckBotInput } from '../contracts/accounts.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { checkBot: check } = proxyActivities<BotActivities>({
  taskQueue: TASK_QUEUES.telegramBot,
  startToCloseTimeout: '20s',
  scheduleToCloseTimeout: '45s',
});

/** Makes the token that lies in the user's settings his bot, once Telegram says whose it is. */
export async function checkBot(input: CheckBotInput): Promise<BotCheck> {
  return await check(input);
}
