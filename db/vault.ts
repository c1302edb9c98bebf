import type { SqlEntityManager } from '@mikro-orm/sql';
import type { SecretBox } from './secrets.ts';

/** The database together with what opens its sealed columns. */
export interface Vault {
  readonly em: SqlEntityManager;
  readonly secrets: SecretBox;
}

/** Where each sealed column's text belongs: what is sealed for one row does not open in another. */
export const sealedAs = {
  apiHash: (profileId: string) => `api_profile.api_hash:${profileId}`,
  phone: (accountId: string) => `telegram_account.phone:${accountId}`,
  session: (accountId: string) => `telegram_account.session:${accountId}`,
  loginPhone: (loginId: string) => `telegram_login.phone:${loginId}`,
  loginState: (loginId: string) => `telegram_login.login_state:${loginId}`,
  loginInput: (loginId: string) => `telegram_login.input:${loginId}`,
  botToken: (userId: string) => `user_settings.bot_token:${userId}`,
  newBotToken: (userId: string) => `user_settings.new_bot_token:${userId}`,
} as const;
