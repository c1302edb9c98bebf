import { z } from 'zod';

const Time = z.iso.datetime();

export const GiftWatchIn = z
  .strictObject({ on: z.boolean().describe('buy automatically: the same as autobuyOn of the settings') })
  .meta({ title: 'GiftWatchInput', examples: [{ on: true }] });

export const GiftWatchOut = z
  .object({
    on: z.boolean(),
    onSince: Time.nullable().describe('what was on sale before is not bought'),
    state: z
      .enum(['off', 'not-running', 'starting', 'watching', 'degraded', 'paused', 'unknown'])
      .describe(
        'not-running: it is on, but nothing watches: switch it on again; starting: no account is held yet; degraded: no account gets an answer; unknown: Temporal or its workers do not answer',
      ),
    degradedSince: Time.nullable(),
    error: z.string().nullable().describe('code of the last error while it is degraded'),
    lastPollAt: Time.nullable(),
    polls: z.int().describe('that were answered'),
    gifts: z.int().describe('in the last list'),
  })
  .meta({ title: 'GiftWatch' });
