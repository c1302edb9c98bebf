import { defineEntity, p } from '@mikro-orm/core';
import type { LoginStepName } from '../../domain/accounts/account-state.ts';
import { ApiProfile } from './api-profile.ts';
import { AppUser } from './app-user.ts';
import { TelegramAccount } from './telegram-account.ts';

const TelegramLoginSchema = defineEntity({
  name: 'TelegramLogin',
  tableName: 'telegram_login',
  indexes: [{ properties: ['user', 'createdAt'] }, { properties: ['apiProfile'] }, { properties: ['account'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    apiProfile: () => p.manyToOne(ApiProfile).deleteRule('cascade'),
    /** The account that is signed in anew, or that came of it; null = a new one, not there yet. */
    account: () => p.manyToOne(TelegramAccount).nullable().deleteRule('cascade'),
    /** `import` brings a session string instead of a phone number. */
    kind: p.text().$type<'phone' | 'import'>(),
    /** Sealed; context `telegram_login.phone:<id>`; removed at the end. */
    phone: p.text().nullable().lazy(),
    phoneLast4: p.text().nullable(),
    /** Sealed JSON of `LoginState`; context `telegram_login.login_state:<id>`; removed at the end. */
    loginState: p.text().nullable().lazy(),
    step: p.text().$type<LoginStepName>().default('sending'),
    /** Sealed: what the person typed (code, password, session string); context `telegram_login.input:<id>`; removed when used. */
    input: p.text().nullable().lazy(),
    errorCode: p.text().nullable(),
    errorText: p.text().nullable(),
    /** Telegram takes no attempt before this. */
    retryAt: p.datetime().nullable(),
    codeLength: p.integer().nullable(),
    /** app, sms, call … */
    sentBy: p.text().nullable(),
    /** The person's own hint to the 2FA password. */
    hint: p.text().nullable(),
    expiresAt: p.datetime(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** A sign-in to Telegram in progress; it belongs to who began it and lives ten minutes. */
export class TelegramLogin extends TelegramLoginSchema.class {}
TelegramLoginSchema.setClass(TelegramLogin);
