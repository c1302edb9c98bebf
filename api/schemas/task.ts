import { z } from 'zod';
import type { TaskRow, TaskValues } from '../../db/repositories/tasks.ts';
import { checkRule } from '../../domain/agenda/rule-check.ts';
import { wallTimeAt } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';

/** `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date({ error: 'must be a date of the calendar such as 2027-03-31' });
/** `HH:MM`. */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30');

const Tag = z.string().trim().min(1, 'must not be empty').max(40, 'must be at most 40 characters');
const values = {
  title: z.string().trim().min(1, 'must not be empty').max(500, 'must be at most 500 characters'),
  notes: z.string().max(5000, 'must be at most 5000 characters'),
  priority: z
    .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
    .nullable()
    .describe('1 = first'),
  tags: z
    .array(Tag)
    .max(20, 'must be at most 20')
    .transform((tags) => [...new Set(tags)]),
  dueDate: CalendarDate.nullable(),
  dueTime: ClockTime.nullable().describe("in the user's zone, wherever that is then"),
  rule: z
    .string()
    .max(500, 'must be at most 500 characters')
    .nullable()
    .describe('RRULE of RFC 5545; it takes a dueDate'),
  fromCompletion: z.boolean().describe('the rule counts from the day on which it was done'),
} satisfies Record<keyof TaskValues, z.ZodType>;

export const TaskIn = z
  .strictObject({
    title: values.title,
    notes: values.notes.default(''),
    priority: values.priority.default(null),
    tags: values.tags.default([]),
    dueDate: values.dueDate.default(null),
    dueTime: values.dueTime.default(null),
    rule: values.rule.default(null),
    fromCompletion: values.fromCompletion.default(false),
  })
  .superRefine(checkDue)
  .meta({ title: 'TaskInput', examples: [{ title: 'Order the cake', dueDate: '2027-03-07', priority: 1 }] });

/** What is absent stays; what becomes of the whole is judged with the rest of the task. */
export const TaskChangeIn = z
  .strictObject(values)
  .partial()
  .meta({ title: 'TaskChange', examples: [{ dueDate: '2027-03-08' }] });

export const TaskOut = z
  .object({
    ...values,
    tags: z.array(z.string()),
    id: z.uuid(),
    state: z.enum(['open', 'done']),
    completions: z.int().describe('how often it was done'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    doneAt: z.iso.datetime().nullable(),
  } satisfies Record<keyof TaskRow, z.ZodType>)
  .meta({ title: 'Task' });

type Due = Pick<TaskValues, 'dueDate' | 'dueTime' | 'rule'>;

/** Adds an issue for each way in which day, time and rule do not fit. */
export function checkDue({ dueDate, dueTime, rule }: Due, context: Pick<z.RefinementCtx, 'addIssue'>): void {
  const wrong = (field: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [field], message });
  };
  if (dueTime !== null && dueDate === null) wrong('dueTime', 'takes a dueDate');
  if (rule === null) return;
  if (dueDate === null) {
    wrong('rule', 'takes a dueDate: the first day on which it is due');
    return;
  }
  try {
    checkRule(rule, wallTimeAt(dueDate, dueTime ?? '00:00'), 'UTC');
  } catch (err) {
    if (!(err instanceof DomainError)) throw err;
    wrong('rule', err.message);
  }
}

/** The answer's form of a task. */
export const taskOut = ({ tags, ...row }: TaskRow): z.input<typeof TaskOut> => ({ ...row, tags: [...tags] });
