import { z } from 'zod';
import { admitReminder, listOccurrences, listReminders, readReminder } from '../../db/repositories/reminders-read.ts';
import { readSettings } from '../../db/repositories/user-settings.ts';
import { checkReminder } from '../../domain/agenda/reminder-check.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { fromCursor, IdParams, listOf, pageOf, paging } from '../schemas/paging.ts';
import { OccurrenceOut, ReminderEditIn, ReminderIn, ReminderOut, reminderOut } from '../schemas/reminders.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Reminders';

/** Reminders of the user: what there is, one more, another text or time, none any more. */
export const reminderRoutes = (deps: ApiDeps): Route[] => [...readRoutes(deps), ...changeRoutes(deps)];

const readRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/reminders',
    operationId: 'listReminders',
    tag,
    summary: 'Reminders, what comes next first',
    status: 200,
    scope: 'read',
    query: z.strictObject({ state: z.enum(['active', 'paused', 'done']).optional(), ...paging(200, 50) }),
    output: listOf(ReminderOut),
    problems: ['invalid-cursor'],
    async handle({ query: { state = null, limit, cursor } }, { user }) {
      const after = fromCursor(cursor, z.string().max(60));
      const rows = await listReminders(deps.em(), { userId: user.id, state, after, limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, ({ position }) => position);
      return { body: { items: items.map(reminderOut), nextCursor } };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/reminders/:id',
    operationId: 'getReminder',
    tag,
    summary: 'One reminder',
    status: 200,
    scope: 'read',
    params: IdParams,
    output: ReminderOut,
    handle: async ({ params: { id } }, { user }) => ({ body: reminderOut(await reminderOr404(deps, user.id, id)) }),
  }),
  userRoute({
    method: 'get',
    path: '/api/reminders/:id/occurrences',
    operationId: 'listReminderOccurrences',
    tag,
    summary: 'Its times to which something happened, newest first',
    status: 200,
    scope: 'read',
    params: IdParams,
    query: z.strictObject(paging(200, 50)),
    output: listOf(OccurrenceOut),
    problems: ['invalid-cursor'],
    async handle({ params: { id }, query: { limit, cursor } }, { user }) {
      await reminderOr404(deps, user.id, id);
      const before = fromCursor(cursor, z.string().max(20));
      const wanted = { userId: user.id, reminderId: id, before, limit: limit + 1 };
      return { body: pageOf(await listOccurrences(deps.em(), wanted), limit, ({ key }) => key) };
    },
  }),
];

const changeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/reminders',
    operationId: 'addReminder',
    tag,
    summary: 'Be reminded of something, once or again and again',
    status: 201,
    scope: 'agenda',
    body: ReminderIn,
    output: ReminderOut,
    problems: ['too-many-reminders', ...OUTAGES],
    async handle({ body }, { user, newId }) {
      const { zone } = await readSettings(deps.em(), user.id);
      checkReminder(body, { userZone: zone, nowMs: Date.now() });
      await admitReminder(deps.em(), user.id);
      await deps.temporal.createReminder({ reminderId: newId, userId: user.id }, { ...body, userId: user.id });
      return { body: reminderOut(await reminderOr404(deps, user.id, newId)), location: `/api/reminders/${newId}` };
    },
  }),
  userRoute({
    method: 'patch',
    path: '/api/reminders/:id',
    operationId: 'changeReminder',
    tag,
    summary: 'Change what is given; what is snoozed still comes',
    status: 200,
    scope: 'agenda',
    params: IdParams,
    body: ReminderEditIn,
    output: ReminderOut,
    problems: ['reminder-not-found', ...OUTAGES],
    async handle({ params: { id }, body: { dropSnoozed = false, ...edit } }, { user, newId }) {
      await reminderOr404(deps, user.id, id);
      const change = { kind: 'edit', edit, dropSnoozed } as const;
      await deps.temporal.changeReminder({ reminderId: id, userId: user.id }, { change, requestId: newId });
      return { body: reminderOut(await reminderOr404(deps, user.id, id)) };
    },
  }),
  userRoute({
    method: 'delete',
    path: '/api/reminders/:id',
    operationId: 'removeReminder',
    tag,
    summary: 'Never again, also not what is snoozed',
    status: 204,
    scope: 'agenda',
    params: IdParams,
    problems: OUTAGES,
    async handle({ params: { id } }, { user, newId }) {
      await reminderOr404(deps, user.id, id);
      const ref = { reminderId: id, userId: user.id };
      await deps.temporal.changeReminder(ref, { change: { kind: 'delete' }, requestId: newId });
      return { body: undefined };
    },
  }),
];

/** @throws Problem not-found */
export async function reminderOr404({ em }: ApiDeps, userId: string, id: string) {
  const reminder = await readReminder(em(), userId, id);
  if (reminder === null) throw new Problem('not-found', 'there is no reminder with this id');
  return reminder;
}
