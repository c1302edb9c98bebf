import type { tl } from '@mtcute/core';
import type { AccountProfile } from '../../activities/ports/telegram-account.ts';

/** What the account's own user says of it. */
export function toProfile(user: tl.RawUser): AccountProfile {
  const usernames = user.usernames?.filter(({ active }) => active === true) ?? [];
  return {
    telegramId: String(user.id),
    name: [user.firstName, user.lastName].filter((part) => part !== undefined && part !== '').join(' '),
    username: user.username ?? usernames[0]?.username ?? null,
    isPremium: user.premium === true,
  };
}

/** Until when the account is premium, epoch ms: Telegram says it in this text alone, as a date entity or as dd.mm.yyyy. */
export function premiumUntil({ statusText, statusEntities }: tl.help.RawPremiumPromo): number | null {
  for (const entity of statusEntities) if (entity._ === 'messageEntityFormattedDate') return entity.date * 1000;
  const [, day, month, year] = /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/.exec(statusText) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}
