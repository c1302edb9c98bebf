import { z } from 'zod';
import type { SettingsRow, SettingsValues } from '../../db/repositories/user-settings.ts';
import { spendingProblem } from '../../domain/accounts/buy-rules.ts';
import { Problem } from '../problems.ts';
import { LanguageIn, LongId, ZoneIn } from './accounts.ts';

const Stars = z.int('must be a whole number').min(0, 'must be at least 0').nullable();
const Clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 23:00')
  .nullable();
const ChatId = z.string().regex(/^-?[1-9]\d{0,18}$/, 'must be the number of a chat');
/** Who receives gifts. */
export const GiftTargetIn = z
  .string()
  .regex(/^(-100\d{5,15}|[1-9]\d{0,18}|@[A-Za-z]\w{3,31})$/, 'must be -100… of a channel, the id of a user, or @name');
const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

const values = {
  notifyChats: z.array(ChatId).max(20, 'must be at most 20').transform(unique).describe('chats that are told, too'),
  notifyDms: z.boolean().describe('tells each own account'),
  autobuyOn: z.boolean().describe('buy automatically; it takes a cap, or buyWithoutCap'),
  capAccountStars: Stars.describe('Stars that one account may spend in a drop; null: no cap'),
  capDropStars: Stars.describe('Stars that all accounts may spend in a drop'),
  capDayStars: Stars.describe("Stars that all accounts may spend in a day of the user's zone"),
  maxPriceStars: Stars.describe('dearer gifts are not bought'),
  floorStars: Stars.describe('Stars that stay on each account'),
  excludedGiftIds: z.array(LongId).max(1000, 'must be at most 1000').transform(unique).describe('never bought'),
  buyOrder: z.enum(['scarcest', 'dearest']).describe('what is bought first'),
  forcedTarget: GiftTargetIn.nullable().describe('gifts go there instead of to the channels'),
  forcedOnlyOnNoMatch: z.boolean().describe('the forced target takes only what no channel takes'),
  buyWithoutCap: z.boolean().describe('no cap is meant'),
  quietFrom: Clock.describe('messages are silent from here'),
  quietTo: Clock,
  language: LanguageIn,
  zone: ZoneIn,
} satisfies Record<keyof SettingsValues, z.ZodType>;

export const SettingsIn = z
  .strictObject({
    ...values,
    botToken: z
      .string()
      .regex(/^\d{3,20}:[\w-]{30,100}$/, 'must be a token of @BotFather')
      .nullable()
      .describe('never shown again; null: no bot any more'),
  })
  .partial()
  .meta({ title: 'SettingsChange', examples: [{ capDayStars: 5000, autobuyOn: true, zone: 'Europe/Moscow' }] });

export const SettingsOut = z
  .object({
    ...values,
    notifyChats: z.array(z.string()),
    excludedGiftIds: z.array(z.string()),
    botUsername: z.string().nullable().describe('the bot that tells; null: none'),
    autobuyOnSince: z.iso.datetime().nullable().describe('what was on sale before is not bought'),
    updatedAt: z.iso.datetime(),
  } satisfies Record<keyof SettingsRow, z.ZodType>)
  .meta({ title: 'Settings' });

/** The answer's form of settings. */
export const settingsOut = (row: SettingsRow): z.input<typeof SettingsOut> => ({
  ...row,
  notifyChats: [...row.notifyChats],
  excludedGiftIds: [...row.excludedGiftIds],
});

/** Refuses settings that do not fit together. @throws Problem invalid-request */
export function checkSettings(after: SettingsValues): void {
  const spending = spendingProblem(after);
  if (spending !== null) throw wrong(spending.field, spending.message);
  if ((after.quietFrom === null) !== (after.quietTo === null)) throw wrong('quietTo', 'must stand beside quietFrom');
}

const wrong = (path: string, message: string): Problem =>
  new Problem('invalid-request', `${path}: ${message}`, { errors: [{ in: 'body', path, message }] });
