/**
 * Records one history per path of the workflow types about Telegram accounts: `node tests/replay/record-accounts.ts`.
 * Run it when a type or a path is added; never to make a failing replay pass: that needs `patched`.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { continueLogin, executeCheckChannel, followRefresh, startLogin } from '../../client/accounts.ts';
import {
  checkChannelWorkflowId,
  refreshAccountWorkflowId,
  telegramLoginWorkflowId,
  type LoginAction,
  type TelegramLoginInput,
} from '../../contracts/accounts.ts';
import { putLoginInput } from '../../db/repositories/telegram-logins.ts';
import { startAccountStage } from '../support/account-stage.ts';
import { secrets } from '../support/telegram.ts';

const stage = await startAccountStage();
const { client, telegram, em } = stage;

async function keep(workflowId: string, name: string): Promise<void> {
  const file = new URL(`./histories/${name}.json`, import.meta.url);
  if (existsSync(file)) return;
  const handle = client.workflow.getHandle(workflowId);
  await handle.result().catch(() => undefined);
  writeFileSync(file, historyToJSON(await handle.fetchHistory()));
}

async function act({ userId, loginId }: TelegramLoginInput, kind: LoginAction['kind'], text?: string): Promise<void> {
  if (text !== undefined && (kind === 'code' || kind === 'password'))
    await putLoginInput({ em: em(), secrets }, { userId, ip: null }, { loginId, step: kind, text });
  await continueLogin(client, loginId, { kind });
}

async function recordLogins(userId: string): Promise<string> {
  const phone = '79120000001';
  const { id } = await telegram.dc.control.addUser({ phone, firstName: 'Vera', password: 'owl' });
  const lastCode = async () => (await telegram.dc.control.codes({ account: phone }))[0]?.code ?? '';
  const done = await stage.noteLogin(userId, { phone });
  await startLogin(client, done);
  await act(done, 'code', '0');
  await act(done, 'resend');
  await act(done, 'code', await lastCode());
  await act(done, 'password', 'owl');
  await keep(telegramLoginWorkflowId(done.loginId), 'telegramLogin.done');
  const cancelled = await stage.noteLogin(userId, { phone });
  await startLogin(client, cancelled);
  await act(cancelled, 'cancel');
  await keep(telegramLoginWorkflowId(cancelled.loginId), 'telegramLogin.cancelled');
  const wrong = await stage.noteLogin(userId, { phone });
  await startLogin(client, wrong);
  for (let n = 0; n < 5; n += 1) await act(wrong, 'code', '0');
  await keep(telegramLoginWorkflowId(wrong.loginId), 'telegramLogin.too-many-attempts');
  return id;
}

async function recordChecks(userId: string, telegramId: string): Promise<void> {
  const [account] = await em().execute<{ id: string }[]>('select id from telegram_account where user_id = ?', [userId]);
  const input = { userId, accountId: account?.id ?? '' };
  for await (const progress of followRefresh(client, input))
    if (progress.error !== null) throw new Error(progress.error);
  await keep(refreshAccountWorkflowId(input.accountId), 'refreshAccount.done');
  const { id } = await telegram.dc.control.addChannel({ title: 'Gifts', members: [telegramId] });
  await executeCheckChannel(client, { userId, target: `-100${id}` });
  await keep(checkChannelWorkflowId(userId, `-100${id}`), 'checkChannel.done');
  await executeCheckChannel(client, { userId, target: '@not_there' }).catch(() => undefined);
  await keep(checkChannelWorkflowId(userId, '@not_there'), 'checkChannel.unknown');
  await telegram.dc.control.revoke({ account: telegramId });
  for await (const progress of followRefresh(client, input))
    if (progress.stages.includes('done')) throw new Error('done');
  await keep(refreshAccountWorkflowId(input.accountId), 'refreshAccount.refused');
}

const userId = randomUUID();
await recordChecks(userId, await recordLogins(userId));
await stage.stop();
process.exit(0);
