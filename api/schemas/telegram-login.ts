import { z } from 'zod';
import { phoneDigits } from '../../domain/accounts/phone-number.ts';

const common = {
  apiProfileId: z.uuid(),
  accountId: z.uuid().nullable().default(null).describe('an account of yours that is signed in anew; null: a new one'),
};
const Phone = z
  .string()
  .max(40)
  .transform((text, context) => {
    const digits = phoneDigits(text);
    if (digits === null)
      context.issues.push({
        code: 'custom',
        message: 'must be a phone number with its country code',
        input: undefined,
      });
    return digits ?? z.NEVER;
  });

export const TelegramLoginIn = z
  .union([
    z.strictObject({ ...common, phone: Phone }),
    z.strictObject({
      ...common,
      session: z
        .string()
        .trim()
        .min(20, 'is too short')
        .max(4000, 'is too long')
        .describe('session string of mtcute, Pyrogram, Telethon or GramJS'),
    }),
  ])
  .meta({
    title: 'TelegramLoginInput',
    examples: [{ apiProfileId: '6f0f4f62-6b4c-4d55-9d4e-6c2b6a2f7b10', phone: '+7 900 000-00-01' }],
  });

export const CodeIn = z
  .strictObject({
    code: z
      .string()
      .transform((text) => text.replaceAll(/[\s-]/g, ''))
      .pipe(z.string().regex(/^\d{3,10}$/, 'must be the digits of the code')),
  })
  .meta({ title: 'TelegramCode', examples: [{ code: '22222' }] });

export const TwoFactorIn = z
  .strictObject({ password: z.string().min(1, 'must not be empty').max(1024, 'is too long') })
  .meta({ title: 'TelegramPassword', examples: [{ password: 'the password of two-step verification' }] });
