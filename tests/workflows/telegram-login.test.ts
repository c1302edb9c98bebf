import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EncryptionCodec } from '../../client/payload-codec.ts';
import { continueLogin, startLogin } from '../../client/accounts.ts';
import { telegramLoginWorkflowId, type LoginAction, type TelegramLoginInput } from '../../contracts/accounts.ts';
import { putLoginInput, readTelegramLogin } from '../../db/repositories/telegram-logins.ts';
import { startAccountStage, type AccountStage } from '../support/account-stage.ts';
import { secrets, sessionOf } from '../support/telegram.ts';
import { testKeys } from '../support/temporal.ts';

let stage: AccountStage;
beforeAll(async () => {
  stage = await startAccountStage();
});
afterAll(async () => await stage.stop());

const login = async ({ userId, loginId }: TelegramLoginInput) => await readTelegramLogin(stage.em(), userId, loginId);
const lastCode = async (account: string) => (await stage.telegram.dc.control.codes({ account }))[0]?.code ?? '';
const accountsOf = async (userId: string) =>
  await stage
    .em()
    .execute<Record<string, unknown>[]>('select * from telegram_account where user_id = ? order by created_at', [
      userId,
    ]);
const row = async (loginId: string) =>
  (await stage.em().execute<Record<string, unknown>[]>('select * from telegram_login where id = ?', [loginId]))[0];

async function type(input: TelegramLoginInput, step: 'code' | 'password', text: string) {
  const typed = { loginId: input.loginId, step, text };
  const refusal = await putLoginInput({ em: stage.em(), secrets }, { userId: input.userId, ip: null }, typed);
  expect(refusal).toBeNull();
  return await act(input, step);
}
const act = async (input: TelegramLoginInput, kind: LoginAction['kind']) =>
  await continueLogin(stage.client, input.loginId, { kind });

/** Everything in a history that passed the codec, opened. */
async function textsIn(value: unknown): Promise<string[]> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('data' in value && value.data instanceof Uint8Array) {
    const metadata = { encoding: Buffer.from('binary/encrypted'), 'encryption-key-id': Buffer.from(testKeys.current) };
    const [open] = await new EncryptionCodec(testKeys).decode([{ metadata, data: value.data }]).catch(() => []);
    return [Buffer.from(open?.data ?? value.data).toString()];
  }
  return (await Promise.all(Object.values(value).map(textsIn))).flat();
}

test('signs an account in by code and password, keeps it sealed, and it can be used at once', async () => {
  const phone = '79110000001';
  await stage.telegram.dc.control.addUser({
    phone,
    firstName: 'Vera',
    password: 'ключ',
    passwordHint: 'key',
    balance: 7,
  });
  const input = await stage.noteLogin(randomUUID(), { phone });
  expect(await startLogin(stage.client, input)).toBe('code');
  expect(await login(input)).toMatchObject({ step: 'code', codeLength: 5, sentBy: 'app', errorCode: null });
  expect(await type(input, 'code', '00')).toBe('code');
  expect(await login(input)).toMatchObject({ step: 'code', errorCode: 'PHONE_CODE_INVALID' });
  expect(await act(input, 'resend')).toBe('code');
  expect(await login(input)).toMatchObject({ sentBy: 'sms', errorCode: null });
  expect(await type(input, 'code', await lastCode(phone))).toBe('password');
  expect(await login(input)).toMatchObject({ step: 'password', hint: 'key' });
  expect(await type(input, 'password', 'нет')).toBe('password');
  expect(await login(input)).toMatchObject({ step: 'password', errorCode: 'PASSWORD_HASH_INVALID' });
  expect(await type(input, 'password', 'ключ')).toBe('done');
  const [account] = await accountsOf(input.userId);
  expect(account).toMatchObject({ name: 'Vera', state: 'ok', phone_last4: '0001' });
  expect(await row(input.loginId)).toMatchObject({
    ...{ phone: null, login_state: null, input: null, account_id: account?.['id'] },
  });
  expect(JSON.stringify([account, await row(input.loginId)])).not.toMatch(/79110000001|ключ/);
  expect(await stage.host.use(String(account?.['id']), async (open) => await open.starBalance())).toBe(7);
});

test('what was typed is in no history', async () => {
  const phone = '79110000002';
  await stage.telegram.dc.control.addUser({ phone, firstName: 'Igor' });
  const input = await stage.noteLogin(randomUUID(), { phone });
  await startLogin(stage.client, input);
  const code = await lastCode(phone);
  expect(await type(input, 'code', code)).toBe('done');
  const handle = stage.client.workflow.getHandle(telegramLoginWorkflowId(input.loginId));
  expect(await handle.result()).toBe('done');
  const texts = await textsIn(await handle.fetchHistory());
  expect(texts.join()).toContain(input.loginId);
  expect(texts.join()).not.toMatch(new RegExp(`${phone}|${code}`));
});

test('a wait that Telegram asks for is shown, and nothing is asked before it is over', async () => {
  const phone = '79110000003';
  await stage.telegram.dc.control.addUser({ phone, firstName: 'Oleg' });
  await stage.telegram.dc.control.addFaults({
    faults: [{ kind: 'error', method: 'auth.sendCode', code: 420, message: 'FLOOD_WAIT_90' }],
  });
  const input = await stage.noteLogin(randomUUID(), { phone });
  expect(await startLogin(stage.client, input)).toBe('sending');
  const { retryAt, errorCode } = (await login(input)) ?? {};
  expect(errorCode).toBe('FLOOD_WAIT_X');
  expect(Date.parse(retryAt ?? '') - Date.now()).toBeGreaterThan(60_000);
  await stage.telegram.dc.control.clearRequests({});
  expect(await act(input, 'begin')).toBe('sending');
  expect(await stage.telegram.dc.control.requests({ method: 'auth.sendCode' })).toEqual([]);
  await stage.em().execute('update telegram_login set retry_at = clock_timestamp() where id = ?', [input.loginId]);
  expect(await act(input, 'begin')).toBe('code');
  expect(await act(input, 'cancel')).toBe('cancelled');
  await expect(act(input, 'resend')).rejects.toMatchObject({ code: 'login-over' });
});

test('a sign-in ends after five wrong codes, and with a number that nobody has', async () => {
  const phone = '79110000004';
  await stage.telegram.dc.control.addUser({ phone, firstName: 'Nina' });
  const input = await stage.noteLogin(randomUUID(), { phone });
  await startLogin(stage.client, input);
  for (let n = 1; n < 5; n += 1) expect(await type(input, 'code', '1')).toBe('code');
  expect(await type(input, 'code', '1')).toBe('failed');
  expect(await login(input)).toMatchObject({ step: 'failed', errorCode: 'LOGIN_ATTEMPTS' });
  const nobody = await stage.noteLogin(randomUUID(), { phone: '70000000000' });
  expect(await startLogin(stage.client, nobody)).toBe('failed');
  expect(await login(nobody)).toMatchObject({ errorCode: 'PHONE_NUMBER_INVALID' });
});

test('a sign-in that took too long ends, and so does what was typed', async () => {
  const phone = '79110000005';
  await stage.telegram.dc.control.addUser({ phone, firstName: 'Olga' });
  const input = await stage.noteLogin(randomUUID(), { phone });
  await startLogin(stage.client, input);
  const typed = { loginId: input.loginId, step: 'code', text: await lastCode(phone) } as const;
  await putLoginInput({ em: stage.em(), secrets }, { userId: input.userId, ip: null }, typed);
  await stage.em().execute('update telegram_login set expires_at = clock_timestamp() where id = ?', [input.loginId]);
  expect(await act(input, 'code')).toBe('failed');
  expect(await row(input.loginId)).toMatchObject({ error_code: 'LOGIN_EXPIRED', input: null, login_state: null });
  expect(await accountsOf(input.userId)).toEqual([]);
});

test('a session that is brought becomes an account; one that another user has does not', async () => {
  const person = await stage.telegram.person({ balance: 4 });
  const session = await sessionOf(stage.telegram.dc, person.phone);
  const input = await stage.noteLogin(randomUUID(), { session });
  expect(await startLogin(stage.client, input)).toBe('done');
  expect(await accountsOf(input.userId)).toMatchObject([{ telegram_id: person.telegramId, phone: null, state: 'ok' }]);
  const thief = await stage.noteLogin(randomUUID(), { session: await sessionOf(stage.telegram.dc, person.phone) });
  expect(await startLogin(stage.client, thief)).toBe('failed');
  expect(await login(thief)).toMatchObject({ errorCode: 'ACCOUNT_TAKEN' });
  expect(await accountsOf(thief.userId)).toEqual([]);
  const broken = await stage.noteLogin(randomUUID(), { session: 'nonsense' });
  expect(await startLogin(stage.client, broken)).toBe('failed');
  expect(await login(broken)).toMatchObject({ errorCode: 'SESSION_MALFORMED' });
});

test('a revoked account is signed in anew on its own row, and no other account takes its place', async () => {
  const [anna, boris] = [await stage.telegram.person(), await stage.telegram.person()];
  const userId = randomUUID();
  const first = await stage.noteLogin(userId, { session: anna.keys.session });
  await startLogin(stage.client, first);
  const [account] = await accountsOf(userId);
  const accountId = String(account?.['id']);
  await stage.em().execute(`update telegram_account set state = 'revoked', session = null where id = ?`, [accountId]);
  const other = await stage.noteLogin(userId, { phone: boris.phone }, accountId);
  await startLogin(stage.client, other);
  expect(await type(other, 'code', await lastCode(boris.phone))).toBe('failed');
  expect(await login(other)).toMatchObject({ errorCode: 'OTHER_ACCOUNT' });
  expect(await accountsOf(userId)).toHaveLength(1);
  const again = await stage.noteLogin(userId, { phone: anna.phone }, accountId);
  await startLogin(stage.client, again);
  expect(await type(again, 'code', await lastCode(anna.phone))).toBe('done');
  expect(await accountsOf(userId)).toMatchObject([{ id: accountId, state: 'ok', phone_last4: anna.phone.slice(-4) }]);
});
