import type { tl } from '@mtcute/core';
import type { BaseTelegramClient } from '@mtcute/node';
import type { LoginResult, LoginState, LoginStep } from '../../activities/ports/telegram-account.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import { closeClient, createClient, type Datacentre } from './account-client.ts';
import { toProfile } from './profile.ts';
import { reading } from './telegram-failure.ts';

/** A first step makes an auth key, too. */
const CALL = { timeout: 20_000 } as const;

type LoginInput = Pick<LoginState, 'apiId' | 'apiHash' | 'phone'>;

/** Asks Telegram for a code. @throws TelegramError */
export async function sendCode(input: LoginInput, dc: Datacentre | null): Promise<LoginStep> {
  return await withClient({ ...input, session: null, dc }, async (client) => {
    const { apiId, apiHash, phone } = input;
    const sent = await reading(() =>
      client.call(
        { _: 'auth.sendCode', phoneNumber: digits(phone), apiId, apiHash, settings: { _: 'codeSettings' } },
        CALL,
      ),
    );
    return await afterSending(client, input, sent);
  });
}

/** Asks for the code again, by the next way. @throws TelegramError */
export async function resendCode(login: LoginState, dc: Datacentre | null): Promise<LoginStep> {
  return await withClient({ ...login, dc }, async (client) => {
    const { phone, phoneCodeHash } = login;
    const sent = await reading(() =>
      client.call({ _: 'auth.resendCode', phoneNumber: digits(phone), phoneCodeHash }, CALL),
    );
    return await afterSending(client, login, sent);
  });
}

/** @throws TelegramError wrong-input */
export async function signIn(login: LoginState, code: string, dc: Datacentre | null): Promise<LoginResult> {
  return await withClient({ ...login, dc }, async (client) => {
    const { phone, phoneCodeHash } = login;
    const request = { _: 'auth.signIn', phoneNumber: digits(phone), phoneCodeHash, phoneCode: code } as const;
    try {
      return await afterSignIn(client, await reading(() => client.call(request, CALL)));
    } catch (err) {
      if (!(err instanceof TelegramError)) throw err;
      return err.code === 'SESSION_PASSWORD_NEEDED'
        ? await askPassword(client, login)
        : await unlessDone(client, login, err);
    }
  });
}

/** @throws TelegramError wrong-input */
export async function checkPassword(login: LoginState, password: string, dc: Datacentre | null): Promise<LoginResult> {
  return await withClient({ ...login, dc }, async (client) => {
    const kdf = await reading(() => client.call({ _: 'account.getPassword' }, CALL));
    const proof = await reading(() => client.computeSrpParams(kdf, password));
    return await afterSignIn(
      client,
      await reading(() => client.call({ _: 'auth.checkPassword', password: proof }, CALL)),
    );
  });
}

async function askPassword(client: BaseTelegramClient, login: LoginState): Promise<LoginResult> {
  const { hint } = await reading(() => client.call({ _: 'account.getPassword' }, CALL));
  return { state: 'password-needed', login: await saved(client, login), hint: hint ?? null };
}

/** A step that is taken again, because the process died before its result was kept, is refused; the session is good. */
async function unlessDone(client: BaseTelegramClient, login: LoginState, refusal: TelegramError): Promise<LoginResult> {
  if (refusal.consequence !== 'wrong-input') throw refusal;
  const self = await reading(() => client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] }, CALL)).catch(
    (err: unknown) => (err instanceof TelegramError ? err : null),
  );
  if (self instanceof TelegramError && self.code === 'SESSION_PASSWORD_NEEDED') return await askPassword(client, login);
  const user = Array.isArray(self) ? self[0] : undefined;
  if (user?._ !== 'user') throw refusal;
  await client.storage.self.storeFrom(user);
  return { state: 'done', session: await client.exportSession(), profile: toProfile(user) };
}

async function withClient<T>(
  input: Parameters<typeof createClient>[0],
  step: (client: BaseTelegramClient) => Promise<T>,
): Promise<T> {
  const client = await createClient(input);
  try {
    return await step(client);
  } finally {
    await closeClient(client);
  }
}

async function afterSending(
  client: BaseTelegramClient,
  input: LoginInput,
  sent: tl.auth.TypeSentCode,
): Promise<LoginStep> {
  // Signed in without a code, or only for money: neither is what a person who waits for a code expects.
  if (sent._ !== 'auth.sentCode') throw new TelegramError('refused', 'SEND_CODE_UNAVAILABLE');
  const { apiId, apiHash, phone } = input;
  return {
    login: await saved(client, { apiId, apiHash, phone, phoneCodeHash: sent.phoneCodeHash, session: '' }),
    codeLength: 'length' in sent.type ? sent.type.length : null,
    sentBy: sentBy(sent.type),
  };
}

/** `auth.sentCodeTypeFlashCall` → `flash-call`. */
const sentBy = ({ _ }: tl.auth.TypeSentCodeType): string =>
  _.replace('auth.sentCodeType', '')
    .replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();

async function afterSignIn(client: BaseTelegramClient, signed: tl.auth.TypeAuthorization): Promise<LoginResult> {
  if (signed._ !== 'auth.authorization') throw new TelegramError('wrong-input', 'PHONE_NUMBER_UNOCCUPIED');
  const user = await client.notifyLoggedIn(signed);
  return { state: 'done', session: await client.exportSession(), profile: toProfile(user) };
}

const saved = async (client: BaseTelegramClient, login: LoginState): Promise<LoginState> => ({
  ...login,
  session: await client.exportSession(),
});

const digits = (phone: string): string => phone.replace(/\D/g, '');
