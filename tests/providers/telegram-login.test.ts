import { afterAll, beforeAll, expect, test } from 'vitest';
import { convertToGramjsSession, convertToPyrogramSession, convertToTelethonSession } from '@mtcute/convert';
import { readStringSession, writeStringSession } from '@mtcute/core/utils.js';
import type { LoginState } from '../../activities/ports/telegram-account.ts';
import { createTelegramAccounts } from '../../providers/telegram-account/telegram-accounts.ts';
import { apiKeys, startTelegram, type TelegramStage } from '../support/telegram.ts';

const PHONE = '+7 (900) 123-45-67';
const SECOND = '79001234568';
let stage: TelegramStage;

beforeAll(async () => {
  stage = await startTelegram();
  await stage.dc.control.addUser({ phone: '79001234567', firstName: 'Anna', balance: 50 });
  await stage.dc.control.addUser({ phone: SECOND, firstName: 'Boris', password: 'сова', passwordHint: 'bird' });
});
afterAll(async () => await stage.dc.stop());

/** What is left of a step when the process that took it is gone. */
const reread = (login: LoginState): LoginState => ({ ...login });
/** A provider that remembers nothing of the steps before. */
const another = () =>
  createTelegramAccounts({ dc: { host: '127.0.0.1', port: stage.dc.port, publicKey: stage.dc.publicKey } });
const lastCode = async (account: string) => (await stage.dc.control.codes({ account }))[0]?.code ?? '';

test('signs in by code over the real protocol, each step from what the one before saved', async () => {
  const step = await another().sendCode({ ...apiKeys, phone: PHONE });
  expect(step).toMatchObject({ codeLength: 5, sentBy: 'app' });
  await expect(another().signIn(reread(step.login), '0')).rejects.toMatchObject({
    ...{ consequence: 'wrong-input', code: 'PHONE_CODE_INVALID' },
  });
  const done = await another().signIn(reread(step.login), await lastCode('79001234567'));
  expect(done).toMatchObject({ state: 'done', profile: { name: 'Anna', isPremium: false } });
  const account = await another().open({ ...apiKeys, session: done.state === 'done' ? done.session : '' });
  expect(await account.starBalance()).toBe(50);
  await account.close();
});

test('asks for the second factor, refuses a wrong one, and takes the right one', async () => {
  const sent = await another().sendCode({ ...apiKeys, phone: SECOND });
  const step = await another().resendCode(reread(sent.login));
  expect(step.sentBy).toBe('sms');
  const half = await another().signIn(reread(step.login), await lastCode(SECOND));
  if (half.state !== 'password-needed') throw new Error('no second factor');
  expect(half.hint).toBe('bird');
  await expect(another().checkPassword(reread(half.login), 'ворона')).rejects.toMatchObject({
    ...{ consequence: 'wrong-input', code: 'PASSWORD_HASH_INVALID' },
  });
  expect(await another().checkPassword(reread(half.login), 'сова')).toMatchObject({ state: 'done' });
});

test('a step that is taken again after its answer was lost ends as the first time', async () => {
  const step = await another().sendCode({ ...apiKeys, phone: PHONE });
  const code = await lastCode('79001234567');
  expect(await another().signIn(reread(step.login), code)).toMatchObject({ state: 'done' });
  expect(await another().signIn(reread(step.login), code)).toMatchObject({ state: 'done', profile: { name: 'Anna' } });
  const other = await another().sendCode({ ...apiKeys, phone: SECOND });
  const second = await lastCode(SECOND);
  expect(await another().signIn(reread(other.login), second)).toMatchObject({ state: 'password-needed' });
  expect(await another().signIn(reread(other.login), second)).toMatchObject({ state: 'password-needed', hint: 'bird' });
});

test('says which input is wrong', async () => {
  const refused = another().sendCode({ ...apiKeys, phone: '70000000000' });
  await expect(refused).rejects.toMatchObject({ consequence: 'wrong-input', code: 'PHONE_NUMBER_INVALID' });
  await stage.dc.control.addFaults({
    faults: [{ kind: 'error', method: 'auth.sendCode', code: 420, message: 'FLOOD_WAIT_120' }],
  });
  const flood = another().sendCode({ ...apiKeys, phone: PHONE });
  await expect(flood).rejects.toMatchObject({ consequence: 'retry-later', retryAfterMs: 120_000 });
});

test('no error tells what was typed', async () => {
  const step = await another().sendCode({ ...apiKeys, phone: SECOND });
  const err: unknown = await another()
    .checkPassword(step.login, 'very-secret-owl')
    .catch((thrown: unknown) => thrown);
  expect(JSON.stringify(err, Object.getOwnPropertyNames(err))).not.toMatch(/very-secret-owl|79001234568/);
});

test('session strings of other libraries become ours, on Telegram’s own addresses', async () => {
  const evil = { id: 2, ipAddress: '10.0.0.7', port: 9999 };
  const authKey = new Uint8Array(256).fill(7);
  const ours = writeStringSession({
    ...{ version: 3, primaryDcs: { main: evil, media: evil }, authKey },
    self: { userId: 42, isBot: false, isPremium: false, usernames: [] },
  });
  const texts = [ours, convertToTelethonSession(ours), convertToGramjsSession(ours), convertToPyrogramSession(ours)];
  for (const text of texts) {
    const session = readStringSession(await stage.accounts.importSession(` ${text}\n`));
    expect(session.primaryDcs.main).toMatchObject({ id: 2, port: 443 });
    expect(session.primaryDcs.main.ipAddress).toMatch(/^149\.154\./);
    expect(Buffer.from(session.authKey).equals(authKey)).toBe(true);
  }
  for (const text of ['', 'hello', '1'.repeat(353), ours.slice(0, 100)]) {
    await expect(stage.accounts.importSession(text)).rejects.toMatchObject({ code: 'session-malformed' });
  }
});
