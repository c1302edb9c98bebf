import type { TaskValues } from '../../db/repositories/tasks.ts';

/** A task of which nothing is said but what is given. */
export const aTask = (given: Partial<TaskValues> & { readonly title: string }): TaskValues => ({
  ...{ notes: '', priority: null, tags: [], dueDate: null, dueTime: null, rule: null, fromCompletion: false },
  ...given,
});
