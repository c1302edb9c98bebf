import { z } from 'zod';
import type { WatchRow } from '../../db/repositories/price-watches.ts';
import { isCurrencyCode } from '../../domain/shared/iso-4217.ts';
import { fromMinor } from '../../domain/shared/money.ts';

export const WatchIn = z
  .strictObject({
    below: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,3})?$/, 'must be an amount in major units such as 1500 or 99.90')
      .optional()
      .describe('tell when the price is at or below this, in major units'),
    dropPercent: z
      .int('must be a whole number from 1 to 99')
      .min(1, 'must be at least 1')
      .max(99, 'must be at most 99')
      .optional()
      .describe('tell when the price is so much below the highest one since the last time'),
    backInStock: z.boolean().default(false).describe('tell when it can be bought again, once a day at most'),
    currency: z
      .string()
      .refine(isCurrencyCode, 'must be an ISO 4217 code such as RUB')
      .optional()
      .describe("of the price that is watched; absent: the product's own"),
    hysteresisPercent: z
      .int('must be a whole number from 0 to 50')
      .min(0, 'must be at least 0')
      .max(50, 'must be at most 50')
      .default(5)
      .describe('how far the price must rise again before the next drop counts'),
  })
  .superRefine(({ below, dropPercent, backInStock }, context) => {
    const message = 'below, dropPercent or backInStock is required';
    if (below === undefined && dropPercent === undefined && !backInStock) context.addIssue({ code: 'custom', message });
    if (below !== undefined && dropPercent !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['dropPercent'],
        message: 'must not stand beside below: make two watches',
      });
  })
  .meta({ title: 'WatchInput', examples: [{ below: '1500' }] });

export const WatchOut = z
  .object({
    id: z.uuid(),
    productId: z.uuid(),
    below: z.string().nullable(),
    dropPercent: z.int().nullable(),
    backInStock: z.boolean(),
    currency: z.string().nullable(),
    hysteresisPercent: z.int(),
    armed: z.boolean().describe('false: a drop was told, and the price has not risen again yet'),
    createdAt: z.iso.datetime(),
  })
  .meta({ title: 'Watch' });

/** The answer's form of a watch. */
export function watchOut({ belowMinor, currency, ...watch }: WatchRow): z.input<typeof WatchOut> {
  const { id, productId, dropPercent, backInStock, hysteresisPercent, armed, createdAt } = watch;
  const below = belowMinor === null || currency === null ? null : fromMinor(belowMinor, currency);
  return { id, productId, below, dropPercent, backInStock, currency, hysteresisPercent, armed, createdAt };
}
