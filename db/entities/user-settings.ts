import { defineEntity, p } from '@mikro-orm/core';
import type { BuyOrder } from '../../domain/accounts/account-state.ts';
import type { Language } from '../../domain/accounts/language.ts';
import { AppUser } from './app-user.ts';

const UserSettingsSchema = defineEntity({
  name: 'UserSettings',
  tableName: 'user_settings',
  properties: {
    user: () => p.oneToOne(AppUser).primary().deleteRule('cascade'),
    /** Sealed; context `user_settings.bot_token:<user id>`. */
    botToken: p.text().nullable().lazy(),
    botUsername: p.text().nullable(),
    /** A token whose bot is not known yet; sealed; context `user_settings.new_bot_token:<user id>`. */
    newBotToken: p.text().nullable().lazy(),
    /** Chat ids in decimal. */
    notifyChats: p.json<readonly string[]>().defaultRaw("'[]'"),
    /** Tells every own account, too. */
    notifyDms: p.boolean().default(true),
    autobuyOn: p.boolean().default(false),
    /** What was on sale before this is not bought. */
    autobuyOnSince: p.datetime().nullable(),
    /** Whole Stars: what one account may spend in a drop, all in a drop, all in a day, on one gift; what stays on each account. null = no cap. */
    capAccountStars: p.bigint('number').nullable(),
    capDropStars: p.bigint('number').nullable(),
    capDayStars: p.bigint('number').nullable(),
    maxPriceStars: p.bigint('number').nullable(),
    floorStars: p.bigint('number').nullable(),
    /** Gift ids in decimal. */
    excludedGiftIds: p.json<readonly string[]>().defaultRaw("'[]'"),
    buyOrder: p.text().$type<BuyOrder>().default('scarcest'),
    /** A `GiftTarget` that gifts go to instead of the channels. */
    forcedTarget: p.text().nullable(),
    /** The forced target is used only for gifts that no channel takes. */
    forcedOnlyOnNoMatch: p.boolean().default(false),
    /** The person said that buying without any cap is meant. */
    buyWithoutCap: p.boolean().default(false),
    /** `HH:MM` in the user's zone; messages are silent between the two. */
    quietFrom: p.text().nullable(),
    quietTo: p.text().nullable(),
    language: p.text().$type<Language>().default('ru'),
    /** IANA time zone. */
    zone: p.text().default('UTC'),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
});
/** What a user wants bought, how much may be spent, and who is told. */
export class UserSettings extends UserSettingsSchema.class {}
UserSettingsSchema.setClass(UserSettings);
