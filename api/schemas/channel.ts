import { z } from 'zod';
import type { ChannelRuleRow } from '../../db/repositories/channel-rules.ts';
import { rangeProblems, type RuleRanges } from '../../domain/accounts/buy-rules.ts';
import { Problem } from '../problems.ts';
import { LongId } from './accounts.ts';

/** Stars or copies: whole, and small enough to be counted exactly. */
const Bound = z.int('must be a whole number').min(0, 'must be at least 0').nullable();
const Target = z
  .string()
  .regex(/^(-100\d{5,15}|@[A-Za-z]\w{3,31})$/, 'must be a channel: -100… or @name')
  .describe('`-100…` or `@name`');

export const ChannelParams = z.strictObject({ id: LongId });

export const ChannelIn = z
  .strictObject({
    target: Target,
    priceMin: Bound.default(null),
    priceMax: Bound.default(null),
    supplyMin: Bound.default(null),
    supplyMax: Bound.default(null),
  })
  .superRefine((ranges, context) => {
    // What is wrong with one bound alone is said already.
    const between = rangeProblems(ranges).filter(({ field }) => Bound.safeParse(ranges[field]).success);
    for (const { field, message } of between) context.addIssue({ code: 'custom', path: [field], message });
  })
  .meta({ title: 'ChannelInput', examples: [{ target: '@my_gifts', priceMax: 500, supplyMax: 10_000 }] });

export const RangesIn = z
  .strictObject({ priceMin: Bound, priceMax: Bound, supplyMin: Bound, supplyMax: Bound })
  .partial()
  .meta({ title: 'ChannelRanges', examples: [{ priceMax: 700 }] });

export const ChannelOut = z
  .object({
    id: z.string(),
    channelId: z.string(),
    username: z.string().nullable(),
    title: z.string(),
    priceMin: z.int().nullable().describe('Stars, inclusive; null: open'),
    priceMax: z.int().nullable(),
    supplyMin: z.int().nullable().describe('copies ever made, inclusive; null: open'),
    supplyMax: z.int().nullable(),
    access: z
      .array(
        z.object({
          accountId: z.uuid(),
          isReachable: z.boolean(),
          takesGifts: z.boolean(),
          error: z.string().nullable(),
          checkedAt: z.iso.datetime(),
        }),
      )
      .describe('what each account may do there, as of the last check'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  } satisfies Record<keyof ChannelRuleRow, z.ZodType>)
  .meta({ title: 'Channel' });

/** Refuses ranges in which nothing lies. @throws Problem invalid-request */
export function checkRanges(ranges: RuleRanges): void {
  const errors = rangeProblems(ranges).map(({ field, message }) => ({ in: 'body' as const, path: field, message }));
  if (errors.length > 0)
    throw new Problem('invalid-request', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), {
      errors,
    });
}
