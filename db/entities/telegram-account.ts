import { defineEntity, p } from '@mikro-orm/core';
import type { AccountState } from '../../domain/accounts/account-state.ts';
import { ApiProfile } from './api-profile.ts';
import { AppUser } from './app-user.ts';

const TelegramAccountSchema = defineEntity({
  name: 'TelegramAccount',
  tableName: 'telegram_account',
  uniques: [
    { properties: ['user', 'telegramId'] },
    // One auth key, one owner: nobody else can hold the account while it is signed in.
    {
      name: 'telegram_account_live_unique',
      properties: ['telegramId'],
      where: { session: { $ne: null } },
    },
  ],
  indexes: [{ properties: ['apiProfile'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    apiProfile: () => p.manyToOne(ApiProfile).deleteRule('no action'),
    telegramId: p.bigint('string'),
    /** Sealed; context `telegram_account.phone:<id>`. null = brought as a session string. */
    phone: p.text().nullable().lazy(),
    phoneLast4: p.text().nullable(),
    /** Sealed mtcute session string; context `telegram_account.session:<id>`. null = a new login is needed. */
    session: p.text().nullable().lazy(),
    name: p.text(),
    username: p.text().nullable(),
    isPremium: p.boolean().default(false),
    premiumUntil: p.datetime().nullable(),
    /** Whole Stars at the last check. */
    stars: p.bigint('number').nullable(),
    state: p.text().$type<AccountState>().default('new'),
    stateUntil: p.datetime().nullable(),
    stateReason: p.text().nullable(),
    lastCheckedAt: p.datetime().nullable(),
    /** The process that may hold the connection, until when by the database's clock, and how often it changed hands. */
    leaseHost: p.text().nullable(),
    leaseFence: p.bigint('string').defaultRaw('0'),
    leaseUntil: p.datetime().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** A Telegram account of a user, signed in or to be signed in anew. */
export class TelegramAccount extends TelegramAccountSchema.class {}
TelegramAccountSchema.setClass(TelegramAccount);
