import { z } from 'zod';
import { readAgendaSettings } from '../../db/repositories/agenda-settings.ts';
import {
  addTask,
  changeTask,
  completeTask,
  listTasks,
  readTask,
  removeTask,
  reopenTask,
  taskTags,
  type TaskRow,
} from '../../db/repositories/tasks.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { fromCursor, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { CalendarDate, checkDue, TaskChangeIn, TaskIn, taskOut, TaskOut } from '../schemas/task.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Tasks';
/** Of the longest sort key. */
const Position = z.string().max(100);

/** What is to be done, by priority and day. */
export const taskRoutes = (deps: ApiDeps): Route[] => [...listRoutes(deps), ...changeRoutes(deps), ...doneRoutes(deps)];

const listRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/tasks',
    operationId: 'listTasks',
    tag,
    summary: 'Tasks in the order in which they are due, then by priority',
    status: 200,
    scope: 'read',
    query: z.strictObject({
      ...paging(200, 50),
      state: z.enum(['open', 'done', 'all']).default('open'),
      tag: z.string().max(40).optional(),
      dueUntil: CalendarDate.optional().describe('due on this day or before it'),
    }),
    output: listOf(TaskOut),
    problems: ['invalid-cursor'],
    async handle({ query: { limit, cursor, state, tag: ofTag, dueUntil } }, { user }) {
      const rows = await listTasks(em(), {
        ...{ userId: user.id, tag: ofTag ?? null, dueUntil: dueUntil ?? null },
        state: state === 'all' ? null : state,
        limit: limit + 1,
        after: fromCursor(cursor, Position),
      });
      const page = pageOf(rows, limit, ({ sort }) => sort);
      return { body: { ...page, items: page.items.map(taskOut) } };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/tasks/tags',
    operationId: 'listTaskTags',
    tag,
    summary: 'Tags of open tasks, the commonest first',
    status: 200,
    scope: 'read',
    output: z.object({ items: z.array(z.string()) }),
    handle: async (_input, { user }) => ({ body: { items: await taskTags(em(), user.id) } }),
  }),
  userRoute({
    method: 'get',
    path: '/api/tasks/:id',
    operationId: 'getTask',
    tag,
    summary: 'One task',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: TaskOut,
    handle: async ({ params: { id } }, { user }) => ({ body: taskOut(known(await readTask(em(), user.id, id))) }),
  }),
];

const changeRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/tasks',
    operationId: 'addTask',
    tag,
    summary: 'Add a task, which may repeat from its day or from completion',
    status: 201,
    scope: 'agenda',
    body: TaskIn,
    output: TaskOut,
    async handle({ body }, { user, newId }) {
      const task = known(await addTask(em(), { userId: user.id, id: newId }, body));
      return { body: taskOut(task), location: `/api/tasks/${newId}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/tasks/:id',
    operationId: 'changeTask',
    tag,
    summary: 'Set what is given; the rest stays',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: TaskChangeIn,
    output: TaskOut,
    async handle({ params: { id }, body }, { user }) {
      const before = known(await readTask(em(), user.id, id));
      const { dueDate = before.dueDate, dueTime = before.dueTime, rule = before.rule } = body;
      refuseWrongDue({ dueDate, dueTime, rule });
      return { body: taskOut(known(await changeTask(em(), { userId: user.id, id }, body))) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/tasks/:id',
    operationId: 'removeTask',
    tag,
    summary: 'Remove a task with its past',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    async handle({ params: { id } }, { user }) {
      if (!(await removeTask(em(), user.id, id))) throw noTask();
      return { body: undefined };
    },
  }),
];

const doneRoutes = ({ em }: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/tasks/:id/complete',
    operationId: 'completeTask',
    tag,
    summary: 'It is done; one that repeats becomes due again',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: CompletionIn,
    output: TaskOut,
    async handle({ params: { id }, body: { dueKey } }, { user }) {
      const settings = await readAgendaSettings(em(), user.id);
      const zone = settings?.zone ?? 'UTC';
      const done = { userId: user.id, id, dueKey, nowMs: Date.now(), zone };
      return { body: taskOut(known(await completeTask(em(), done))) };
    },
  }),
  userRoute({
    method: 'post',
    path: '/api/tasks/:id/reopen',
    operationId: 'reopenTask',
    tag,
    summary: 'It was not done after all: the last completion is taken back',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    output: TaskOut,
    handle: async ({ params: { id } }, { user }) => ({ body: taskOut(known(await reopenTask(em(), user.id, id))) }),
  }),
];

const CompletionIn = z
  .strictObject({
    dueKey: z
      .string()
      .max(10)
      .nullable()
      .default(null)
      .describe('the day that is meant, YYYYMMDD, or `once`: what is done already stays so; null: what is due now'),
  })
  .meta({ title: 'TaskCompletion', examples: [{ dueKey: '20270307' }] });

const noTask = (): Problem => new Problem('not-found', 'there is no task with this id');

function known(task: TaskRow | null): TaskRow {
  if (task === null) throw noTask();
  return task;
}

function refuseWrongDue(task: Parameters<typeof checkDue>[0]): void {
  const errors: { readonly in: 'body'; readonly path: string; readonly message: string }[] = [];
  checkDue(task, {
    addIssue: (issue) => {
      if (typeof issue === 'string') return;
      errors.push({ in: 'body', path: (issue.path ?? []).join('.'), message: issue.message ?? 'is wrong' });
    },
  });
  const [first] = errors;
  if (first !== undefined) throw new Problem('invalid-request', `${first.path} ${first.message}`, { errors });
}
