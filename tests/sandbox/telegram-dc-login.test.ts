import { SentCode, type TelegramClient } from '@mtcute/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelegramDc, type RunningTelegramDc } from '../../sandbox/telegram-dc/server.ts';
import { ONCE, connectAs, connectTo, refusalOf } from './telegram-dc-client.ts';

let dc: RunningTelegramDc;
beforeAll(async () => (dc = await startTelegramDc()));
afterAll(async () => await dc.stop());

async function codeFor(phone: string): Promise<string> {
  const [latest] = await dc.control.codes({ account: phone });
  return latest?.code ?? '';
}

async function sendCode(client: TelegramClient, phone: string): Promise<SentCode> {
  const sent = await client.sendCode({ phone });
  if (!(sent instanceof SentCode)) throw new Error('no code was sent');
  return sent;
}

test('a client agrees on a key of its own and learns where it is', async () => {
  const client = await connectTo(dc);
  const config = await client.call({ _: 'help.getConfig' });
  expect(config.thisDc).toBe(2);
  expect(config.dcOptions[0]?.port).toBe(dc.port);
  expect(await refusalOf(client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] }))).toBe(
    'AUTH_KEY_UNREGISTERED',
  );
  await client.destroy();
});

describe('sign-in', () => {
  test('by code; the session goes on in another client', async () => {
    const phone = '79990000001';
    const user = await dc.control.addUser({ phone, firstName: 'Анна', isPremium: true, balance: 500 });
    const client = await connectTo(dc);
    const sent = await sendCode(client, '+7 999 000 00 01');
    const code = await codeFor(phone);
    expect(sent.length).toBe(code.length);
    const wrong = code === '00000' ? '11111' : '00000';
    const { phoneCodeHash } = sent;
    expect(await refusalOf(client.signIn({ phone, phoneCodeHash, phoneCode: wrong }))).toBe('PHONE_CODE_INVALID');
    const me = await client.signIn({ phone, phoneCodeHash, phoneCode: code });
    expect([String(me.id), me.firstName, me.isPremium]).toEqual([user.id, 'Анна', true]);
    const session = await client.exportSession();
    await client.destroy();

    const later = await connectTo(dc, { session });
    expect((await later.getMe()).phoneNumber).toBe(phone);
    await later.logOut();
    expect(await refusalOf(later.getMe())).toBe('AUTH_KEY_UNREGISTERED');
    await later.destroy();
  });

  test('with a second factor, proved without telling it', async () => {
    const phone = '79990000002';
    await dc.control.addUser({ phone, password: 'пароль 1', passwordHint: 'обычный' });
    const client = await connectTo(dc);
    const { phoneCodeHash } = await sendCode(client, phone);
    const resent = await client.resendCode({ phone, phoneCodeHash });
    expect(resent.type).toBe('sms');
    const phoneCode = await codeFor(phone);
    expect(await refusalOf(client.signIn({ phone, phoneCodeHash, phoneCode }))).toBe('SESSION_PASSWORD_NEEDED');
    expect(await client.getPasswordHint()).toBe('обычный');
    expect(await refusalOf(client.checkPassword({ password: 'пароль 2' }))).toBe('PASSWORD_HASH_INVALID');
    expect((await client.checkPassword({ password: 'пароль 1' })).phoneNumber).toBe(phone);
    await client.destroy();
  });

  test('codes are cancelled and expire; unknown and banned phones get none', async () => {
    const phone = '79990000003';
    await dc.control.addUser({ phone });
    await dc.control.addUser({ phone: '79990000004', state: 'banned' });
    const client = await connectTo(dc);
    expect(await refusalOf(client.sendCode({ phone: '79991234567' }))).toBe('PHONE_NUMBER_INVALID');
    expect(await refusalOf(client.sendCode({ phone: '79990000004' }))).toBe('PHONE_NUMBER_BANNED');
    const first = await sendCode(client, phone);
    const phoneCode = await codeFor(phone);
    await client.call({ _: 'auth.cancelCode', phoneNumber: phone, phoneCodeHash: first.phoneCodeHash });
    const cancelled = client.signIn({ phone, phoneCodeHash: first.phoneCodeHash, phoneCode });
    expect(await refusalOf(cancelled)).toBe('PHONE_CODE_EXPIRED');
    const second = await sendCode(client, phone);
    await dc.control.advanceClock({ ms: 6 * 60_000 });
    const late = client.signIn({ phone, phoneCodeHash: second.phoneCodeHash, phoneCode: await codeFor(phone) });
    expect(await refusalOf(late)).toBe('PHONE_CODE_EXPIRED');
    await dc.control.addFaults({
      faults: [{ kind: 'error', method: 'auth.sendCode', code: 420, message: 'FLOOD_WAIT_60' }],
    });
    expect(
      await refusalOf(
        client.call(
          { _: 'auth.sendCode', phoneNumber: phone, apiId: 1, apiHash: 'x', settings: { _: 'codeSettings' } },
          ONCE,
        ),
      ),
    ).toBe('FLOOD_WAIT_%d');
    await client.destroy();
  });
});

describe('the end of a session', () => {
  test('revoked, banned, frozen', async () => {
    const phone = '79990000005';
    await dc.control.addUser({ phone });
    const client = await connectAs(dc, phone);
    await dc.control.changeUser({ account: phone, state: 'frozen' });
    expect((await client.getMe()).phoneNumber).toBe(phone);
    await dc.control.changeUser({ account: phone, state: 'banned' });
    expect(await refusalOf(client.getMe())).toBe('USER_DEACTIVATED_BAN');
    await dc.control.changeUser({ account: phone, state: 'active' });
    expect(await dc.control.revoke({ account: phone, error: 'SESSION_REVOKED' })).toEqual({ sessions: 1 });
    expect(await refusalOf(client.getMe())).toBe('SESSION_REVOKED');
    await client.destroy();
  });

  test('two clients with one key at once are noticed, and the key is dead', async () => {
    const phone = '79990000006';
    await dc.control.addUser({ phone });
    const { authKey } = await dc.control.addAuthKey({ account: phone });
    const first = await connectTo(dc, { authKey, host: 'one' });
    await first.getMe();
    await first.destroy();
    const second = await connectTo(dc, { authKey, host: 'two' });
    await second.getMe();
    expect((await dc.control.counters({})).duplicatedKeys).toBe(0);
    const third = await connectTo(dc, { authKey, host: 'three' });
    await third.getMe();
    await expect.poll(async () => (await dc.control.counters({})).duplicatedKeys).toBe(1);
    expect(await refusalOf(third.getMe())).toBe('AUTH_KEY_DUPLICATED');
    await Promise.all([second.destroy(), third.destroy()]);
  });
});
