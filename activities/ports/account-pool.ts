import type { TelegramAccount } from './telegram-account.ts';

/** The accounts that this process holds the lease of; nobody else in the world uses them meanwhile. */
export interface AccountPool {
  /** Task queue of this host. */
  readonly queue: string;
  /** Ids of the user's accounts that are held and usable now. */
  held(userId: string): readonly string[];
  /**
   * Calls `fn` with the open account and the fence of its lease, which every write about a purchase is checked against.
   * @throws DomainError account-not-held when another host has it, or none
   * @throws TelegramError account-unusable
   */
  use<T>(accountId: string, fn: (account: TelegramAccount, fence: string) => Promise<T>): Promise<T>;
  /** Like `use`, one at a time per account: for what spends stars. Other uses go on beside it. */
  useAlone<T>(accountId: string, fn: (account: TelegramAccount, fence: string) => Promise<T>): Promise<T>;
}
