import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const TaskSchema = defineEntity({
  name: 'Task',
  tableName: 'task',
  indexes: [{ properties: ['user', 'state', 'dueDate'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    title: p.text(),
    notes: p.text().default(''),
    /** 1 = first … 4 = last. */
    priority: p.integer().nullable(),
    tags: p.json<readonly string[]>().defaultRaw("'[]'"),
    /** `YYYY-MM-DD` and `HH:MM` in the user's zone, wherever he is. */
    dueDate: p.text().nullable(),
    dueTime: p.text().nullable(),
    /** RRULE. */
    rule: p.text().nullable(),
    fromCompletion: p.boolean().default(false),
    state: p.text().$type<'open' | 'done'>().default('open'),
    createdAt: p.datetime().defaultRaw('now()'),
    updatedAt: p.datetime().defaultRaw('now()'),
    doneAt: p.datetime().nullable(),
  },
});
/** Something that a user wants done, once or again and again. */
export class Task extends TaskSchema.class {}
TaskSchema.setClass(Task);

const TaskCompletionSchema = defineEntity({
  name: 'TaskCompletion',
  tableName: 'task_completion',
  indexes: [{ properties: ['user', 'doneAt'] }],
  properties: {
    task: () => p.manyToOne(Task).primary().deleteRule('cascade'),
    /** Of the day on which it was due; `once` without one. */
    dueKey: p.text().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    dueDate: p.text().nullable(),
    doneAt: p.datetime().defaultRaw('now()'),
  },
});
/** One time that a task was done. */
export class TaskCompletion extends TaskCompletionSchema.class {}
TaskCompletionSchema.setClass(TaskCompletion);
