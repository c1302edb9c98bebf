import { z } from 'zod';
import type { AgendaSettingsValues } from '../../db/repositories/agenda-settings.ts';
import type { TaskRow } from '../../db/repositories/tasks.ts';
import { timeOf } from '../../domain/agenda/focus/day-plan.ts';
import type { DayView } from '../../domain/agenda/focus/day-view.ts';
import { CalendarDate, ClockTime, TaskOut, taskOut } from './task.ts';

const Minutes = z.int('must be a whole number from 1 to 180').min(1).max(180);
const settings = {
  workFrom: ClockTime.describe('working hours: free time is looked for in them'),
  workTo: ClockTime,
  morningAt: ClockTime.nullable().describe('when the plan of the day comes; null: never'),
  eveningAt: ClockTime.nullable().describe('when the review of the day comes; null: never'),
  weeklyOn: z.int().min(1).max(7).nullable().describe('day of the weekly digest, 1 = Monday; null: never'),
  dayStart: ClockTime.describe('the day before lasts until then'),
  focusMinutes: Minutes,
  shortBreakMinutes: Minutes,
  longBreakMinutes: Minutes,
  focusRounds: z.int().min(1).max(12).describe('focus phases before the long break'),
} satisfies Record<keyof AgendaSettingsValues, z.ZodType>;

export const AgendaSettingsIn = z
  .strictObject(settings)
  .partial()
  .meta({ title: 'AgendaSettingsChange', examples: [{ morningAt: '07:45', weeklyOn: null }] });
export const AgendaSettingsOut = z.object(settings).meta({ title: 'AgendaSettings' });

const Tasks = z.array(TaskOut);
export const DayOut = z
  .object({
    date: CalendarDate,
    overdue: Tasks,
    due: Tasks,
    top: Tasks.describe('what matters most besides'),
    slots: z.array(z.object({ from: z.string(), to: z.string() })).describe('what is left of the working hours, HH:MM'),
    items: z.array(
      z.object({
        kind: z.enum(['reminder', 'event', 'occasion']),
        id: z.uuid(),
        time: z.string().nullable().describe('HH:MM; null: all day'),
        title: z.string(),
        state: z
          .enum(['sent', 'done', 'skipped', 'snoozed', 'missed', 'undelivered'])
          .nullable()
          .describe('null: still to come'),
      }),
    ),
    habits: z.array(
      z.object({ id: z.uuid(), name: z.string(), standing: z.enum(['done', 'open', 'skipped', 'resting']) }),
    ),
    done: z.array(z.string()).describe('titles of the tasks that were done today'),
    focus: z.object({ rounds: z.int(), focusedSeconds: z.int() }),
  })
  .meta({ title: 'Day' });

/** The answer's form of a day. */
export function dayOut({ plan, focus, items, habits, done, date }: DayView<TaskRow>): z.input<typeof DayOut> {
  const { overdue, due, top, slots } = plan;
  return {
    ...{ date, items: [...items], habits: [...habits], done: [...done] },
    overdue: overdue.map(taskOut),
    due: due.map(taskOut),
    top: top.map(taskOut),
    slots: slots.map(({ from, to }) => ({ from: timeOf(from), to: timeOf(to) })),
    focus: { rounds: focus.rounds, focusedSeconds: Math.round(focus.focusedMs / 1000) },
  };
}
