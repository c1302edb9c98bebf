import type { AccountState } from './account-state.ts';

/** What Telegram's refusal of a whole account makes of it; any code that is not about a person or a freeze ends the session only. */
export function unusableState(code: string): Extract<AccountState, 'revoked' | 'frozen' | 'banned'> {
  if (code.startsWith('FROZEN_')) return 'frozen';
  return code.startsWith('USER_DEACTIVATED') || code === 'PHONE_NUMBER_BANNED' ? 'banned' : 'revoked';
}
