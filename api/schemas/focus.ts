import { z } from 'zod';
import type { FocusRow } from '../../db/repositories/focus-sessions.ts';
import { leftOf } from '../../domain/agenda/focus/pomodoro.ts';
import { CalendarDate } from './task.ts';

const Minutes = z
  .int('must be a whole number from 1 to 180')
  .min(1, 'must be at least 1')
  .max(180, 'must be at most 180');

export const PomodoroPlanIn = z
  .strictObject({
    focusMinutes: Minutes,
    shortBreakMinutes: Minutes,
    longBreakMinutes: Minutes,
    rounds: z.int('must be a whole number from 1 to 12').min(1, 'must be at least 1').max(12, 'must be at most 12'),
  })
  .partial()
  .describe("what is absent is as in the user's settings");

export const FocusStartIn = z
  .strictObject({ taskId: z.uuid().nullable().default(null), plan: PomodoroPlanIn.default({}) })
  .meta({ title: 'FocusStart', examples: [{ plan: { focusMinutes: 50 } }] });

export const FocusChangeIn = z
  .strictObject({
    action: z.enum(['pause', 'resume', 'skip', 'stop', 'attach']),
    step: z
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe('of the session as it was seen: when more phases have ended since, nothing changes'),
    taskId: z.uuid().nullable().optional().describe('of `attach`; null: no task'),
  })
  .meta({ title: 'FocusChange', examples: [{ action: 'pause' }] });

export const FocusOut = z
  .object({
    id: z.uuid(),
    taskId: z.uuid().nullable(),
    taskTitle: z.string().nullable(),
    phase: z.enum(['focus', 'short-break', 'long-break']),
    round: z.int(),
    state: z.enum(['running', 'paused', 'over']),
    endsAt: z.iso.datetime().nullable().describe('when the phase ends; null unless it runs'),
    leftSeconds: z.int().describe('what is left of the phase'),
    step: z.int().describe('phases that have ended'),
    plan: z.object({
      focusMinutes: z.int(),
      shortBreakMinutes: z.int(),
      longBreakMinutes: z.int(),
      rounds: z.int(),
    }),
    startedAt: z.iso.datetime(),
  })
  .meta({ title: 'FocusSession' });

export const FocusSpan = z.strictObject({
  from: CalendarDate.meta({ examples: ['2027-03-01'] }),
  to: CalendarDate.meta({ examples: ['2027-03-07'] }),
});
const sums = { rounds: z.int().describe('whole focus phases'), focusedSeconds: z.int() };
export const FocusStatisticsOut = z
  .object({
    days: z.array(z.object({ date: CalendarDate, ...sums })).describe('days with any focus'),
    tasks: z.array(z.object({ taskId: z.uuid().nullable(), title: z.string().nullable(), ...sums })),
  })
  .meta({ title: 'FocusStatistics' });

/** The answer's form of a session. */
export function focusOut(row: FocusRow, nowMs: number): z.input<typeof FocusOut> {
  const { id, taskId, taskTitle, steps, startedAt, pomodoro } = row;
  const { phase, round, state, endsAtMs, plan } = pomodoro;
  const endsAt = endsAtMs === null ? null : new Date(endsAtMs).toISOString();
  const leftSeconds = state === 'over' ? 0 : Math.ceil(leftOf(pomodoro, nowMs) / 1000);
  return { id, taskId, taskTitle, phase, round, state, endsAt, leftSeconds, step: steps, plan, startedAt };
}
