import type { SqlEntityManager } from '@mikro-orm/sql';
import type { LoginAction, TelegramLoginInput } from '../../contracts/accounts.ts';
import { endLogin, openLogin, type OpenLogin } from '../../db/repositories/login-progress.ts';
import type { SecretBox } from '../../db/secrets.ts';
import type { LoginStepName } from '../../domain/accounts/account-state.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { TelegramAccounts } from '../ports/telegram-account.ts';
import { takeStep } from './login-attempt.ts';

export interface LoginDeps {
  readonly em: () => SqlEntityManager;
  readonly secrets: SecretBox;
  readonly accounts: TelegramAccounts;
  /** An account can be used from now on: its host and its user's watcher may look at once. */
  readonly onSignedIn: (userId: string) => Promise<void>;
}

export interface LoginStepInput extends TelegramLoginInput {
  readonly action: LoginAction['kind'];
}

/** What one action led to. */
export interface LoginStepResult {
  readonly step: LoginStepName;
  /** What the person typed was wrong. */
  readonly isWrong: boolean;
}

/** The step in which each action makes sense; `cancel` always does. */
const FITS: Readonly<Record<LoginAction['kind'], LoginStepName | null>> = {
  ...{ begin: 'sending', code: 'code', resend: 'code', password: 'password', cancel: null },
};

/** Activities of signing in to Telegram; any account host can take them. */
export function createLoginActivities(deps: LoginDeps) {
  const open = async (input: TelegramLoginInput): Promise<OpenLogin> => {
    const login = await openLogin({ em: deps.em(), secrets: deps.secrets }, input);
    if (login === null) throw new DomainError('login-not-found', 'there is no such sign-in');
    return login;
  };
  return {
    /** Takes one step of a sign-in from what the step before saved; one that does not fit changes nothing. */
    async loginStep({ action, ...input }: LoginStepInput): Promise<LoginStepResult> {
      const login = await open(input);
      if (!isPending(login.step) || (FITS[action] !== null && FITS[action] !== login.step))
        return { step: login.step, isWrong: false };
      if (action === 'cancel') {
        await endLogin(deps.em(), login.id, { step: 'cancelled', errorCode: null });
      } else if (login.isExpired) {
        await endLogin(deps.em(), login.id, { step: 'failed', errorCode: 'LOGIN_EXPIRED' });
      } else if (login.waitMs === 0) {
        const isWrong = await takeStep(deps, login, action);
        return { step: (await open(input)).step, isWrong };
      }
      return { step: (await open(input)).step, isWrong: false };
    },

    /** Ends a sign-in that is still open. Safe to repeat. */
    async giveUpLogin({ loginId, errorCode }: TelegramLoginInput & { readonly errorCode: string }): Promise<void> {
      await endLogin(deps.em(), loginId, { step: 'failed', errorCode });
    },
  };
}
export type LoginActivities = ReturnType<typeof createLoginActivities>;

const isPending = (step: LoginStepName): boolean => step === 'sending' || step === 'code' || step === 'password';
