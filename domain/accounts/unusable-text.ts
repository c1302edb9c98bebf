import type { AccountState } from './account-state.ts';

type Unusable = Extract<AccountState, 'revoked' | 'frozen' | 'banned'>;

const TEXTS: Readonly<Record<'ru' | 'en', Readonly<Record<Unusable, string>>>> = {
  ru: {
    revoked: 'сеанс завершён: войдите в этот аккаунт заново, до тех пор он не участвует в покупках',
    frozen: 'заморожен Telegram: до снятия заморозки и нового входа он не участвует в покупках',
    banned: 'заблокирован Telegram: он больше не участвует в покупках',
  },
  en: {
    revoked: 'its session has ended: sign in to it again, until then it buys nothing',
    frozen: 'frozen by Telegram: until that is lifted and you sign in again it buys nothing',
    banned: 'banned by Telegram: it buys nothing any more',
  },
};

/** What the owner of an account that Telegram refuses is told, HTML; `code` is Telegram's. */
export function unusableText(
  account: { readonly name: string; readonly state: Unusable; readonly code: string },
  language: 'ru' | 'en',
): string {
  const name = account.name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const head = language === 'ru' ? '⚠️ Аккаунт' : '⚠️ Account';
  return `${head} <b>${name}</b>: ${TEXTS[language][account.state]} (${account.code}).`;
}
