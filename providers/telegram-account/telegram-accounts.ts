import type { AccountKeys, TelegramAccount, TelegramAccounts } from '../../activities/ports/telegram-account.ts';
import { closeClient, createClient, type Datacentre } from './account-client.ts';
import { importSession } from './import-session.ts';
import { checkPassword, resendCode, sendCode, signIn } from './login-steps.ts';
import { OpenAccount } from './open-account.ts';
import { reading } from './telegram-failure.ts';

/** Accounts over MTProto; `dc` null = Telegram itself. */
export function createTelegramAccounts({ dc }: { readonly dc: Datacentre | null }): TelegramAccounts {
  return {
    async open(keys: AccountKeys): Promise<TelegramAccount> {
      const client = await createClient({ ...keys, dc });
      try {
        // The first call shows whether Telegram still knows the session.
        await reading(() => client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] }, { timeout: 10_000 }));
        return new OpenAccount(client);
      } catch (err) {
        await closeClient(client);
        throw err;
      }
    },
    sendCode: async (input) => await sendCode(input, dc),
    resendCode: async (login) => await resendCode(login, dc),
    signIn: async (login, code) => await signIn(login, code, dc),
    checkPassword: async (login, password) => await checkPassword(login, password, dc),
    async logOut(keys: AccountKeys): Promise<void> {
      const client = await createClient({ ...keys, dc });
      try {
        await reading(() => client.call({ _: 'auth.logOut' }, { timeout: 10_000 }));
      } finally {
        await closeClient(client);
      }
    },
    importSession: async (text) => await Promise.resolve().then(() => importSession(text)),
  };
}
