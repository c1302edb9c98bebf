import type { SqlEntityManager } from '@mikro-orm/sql';
import type { AccountsDoor } from '../../api/deps.ts';
import type {
  BotCheck,
  ChannelCheck,
  CheckBotInput,
  CheckChannelInput,
  LoginAction,
  RefreshAccountInput,
  RefreshProgress,
  TelegramLoginInput,
} from '../../contracts/accounts.ts';
import { acceptBot, openNewBotToken, refuseBot } from '../../db/repositories/user-settings.ts';
import { createSecretBox } from '../../db/secrets.ts';
import type { LoginStepName } from '../../domain/accounts/account-state.ts';
import { DomainError } from '../../domain/shared/errors.ts';

export const TEST_KEYS = { current: 'test', keys: { test: new Uint8Array(32).fill(7) } };
export const TEST_SECRETS = createSecretBox(TEST_KEYS);

/** Stands for the workflows behind which Telegram is: does at once in Postgres what they do. */
export class RecordingAccounts implements AccountsDoor {
  readonly calls: string[] = [];
  /** Thrown by every call while it is set. */
  failure: Error | null = null;
  /** Awaited by every call. */
  gate: Promise<void> = Promise.resolve();
  /** The progress that a refresh tells. */
  refresh: readonly RefreshProgress[] = [
    { stages: ['connect'], error: null },
    { stages: ['connect', 'profile', 'stars', 'premium', 'save', 'done'], error: null },
  ];
  protected readonly em: () => SqlEntityManager;

  constructor(em: () => SqlEntityManager) {
    this.em = em;
  }

  protected async record(call: string): Promise<void> {
    this.calls.push(call);
    await this.gate;
    if (this.failure !== null) throw this.failure;
  }

  async startLogin({ loginId }: TelegramLoginInput): Promise<LoginStepName> {
    await this.record('login');
    await this.em().execute(
      `update telegram_login set step = 'code', code_length = 5, sent_by = 'app' where id = ? and kind = 'phone'`,
      [loginId],
    );
    return 'code';
  }

  async continueLogin({ loginId }: TelegramLoginInput, { kind }: LoginAction): Promise<LoginStepName> {
    await this.record(`login ${kind}`);
    const step = kind === 'code' ? 'password' : kind === 'password' ? 'done' : kind === 'resend' ? 'code' : 'cancelled';
    await this.em().execute('update telegram_login set step = ?, input = null where id = ?', [step, loginId]);
    return step;
  }

  async checkChannel({ target }: CheckChannelInput): Promise<ChannelCheck> {
    await this.record(`channel ${target}`);
    if (target === '@nobody_knows') throw new DomainError('channel-unknown', 'no account can address the channel');
    const channelId = target.startsWith('-') ? target : '-1001234567890';
    return { channelId, username: 'my_gifts', title: 'Мои подарки', access: [] };
  }

  async checkBot({ userId }: CheckBotInput): Promise<BotCheck> {
    await this.record('bot');
    const vault = { em: this.em(), secrets: TEST_SECRETS };
    const token = (await openNewBotToken(vault, userId)) ?? '';
    if (token.startsWith('404')) {
      await refuseBot(vault.em, userId);
      throw new DomainError('bot-token-invalid', 'Telegram knows no bot with this token');
    }
    await acceptBot(vault, userId, { token, username: 'my_bot' });
    return { username: 'my_bot' };
  }

  async *refreshAccount({ accountId }: RefreshAccountInput): AsyncGenerator<RefreshProgress> {
    await this.record('refresh');
    await this.em().execute('update telegram_account set stars = 77 where id = ?', [accountId]);
    yield* this.refresh;
  }
}
