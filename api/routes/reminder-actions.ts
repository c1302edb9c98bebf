import { OUTAGES } from '../problems.ts';
import type { ReminderChange } from '../../contracts/reminders.ts';
import type { ApiDeps } from '../deps.ts';
import { Nothing, type Answer, type Route } from '../route.ts';
import { IdParams } from '../schemas/paging.ts';
import { OccurrenceIn, outcomeOut, OutcomeOut, SnoozeIn } from '../schemas/reminders.ts';
import { userRoute, type UserContext } from '../user-route.ts';
import { reminderOr404 } from './reminders.ts';

const tag = 'Reminders';

/** What is done with one reminder or one of its times. */
export const reminderActionRoutes = (deps: ApiDeps): Route[] => [
  snoozeRoute(deps),
  ...occurrenceRoutes(deps),
  ...switchRoutes(deps),
];

const action = {
  method: 'post',
  tag,
  status: 200,
  scope: 'agenda',
  params: IdParams,
  output: OutcomeOut,
  problems: ['reminder-not-found', 'occurrence-not-found', ...OUTAGES],
} as const;

async function make(
  deps: ApiDeps,
  { user, newId }: UserContext,
  { id, change }: { readonly id: string; readonly change: ReminderChange },
): Promise<Answer<ReturnType<typeof outcomeOut>>> {
  await reminderOr404(deps, user.id, id);
  const ref = { reminderId: id, userId: user.id };
  return { body: outcomeOut(await deps.temporal.changeReminder(ref, { change, requestId: newId })) };
}

const snoozeRoute = (deps: ApiDeps): Route =>
  userRoute({
    ...action,
    path: '/api/reminders/:id/snooze',
    operationId: 'snoozeReminder',
    summary: 'One occurrence comes again later; the series stays',
    body: SnoozeIn,
    handle: async ({ params: { id }, body: { occurrence, minutes, until } }, context) => {
      const when = until === undefined ? { minutes: minutes ?? 1 } : { untilMs: Date.parse(until) };
      return await make(deps, context, { id, change: { kind: 'snooze', occurrence, ...when } });
    },
  });

const OF_OCCURRENCE = [
  { kind: 'done', path: '/api/reminders/:id/done', operationId: 'finishReminder', summary: 'It is done' },
  {
    kind: 'undo-done',
    path: '/api/reminders/:id/undo',
    operationId: 'undoReminder',
    summary: 'It is not done after all',
  },
  { kind: 'skip', path: '/api/reminders/:id/skip', operationId: 'skipReminder', summary: 'The next one does not come' },
] as const;

const occurrenceRoutes = (deps: ApiDeps): Route[] =>
  OF_OCCURRENCE.map(({ kind, path, operationId, summary }) =>
    userRoute({
      ...{ ...action, path, operationId, summary, body: OccurrenceIn },
      handle: async ({ params: { id }, body: { occurrence } }, context) =>
        await make(deps, context, { id, change: { kind, occurrence } }),
    }),
  );

const SWITCHES = [
  { kind: 'pause', path: '/api/reminders/:id/pause', operationId: 'pauseReminder', summary: 'Tell nothing for now' },
  {
    kind: 'resume',
    path: '/api/reminders/:id/resume',
    operationId: 'resumeReminder',
    summary: 'Go on; what passed meanwhile is not told',
  },
] as const;

const switchRoutes = (deps: ApiDeps): Route[] =>
  SWITCHES.map(({ kind, path, operationId, summary }) =>
    userRoute({
      ...{ ...action, path, operationId, summary, query: Nothing },
      handle: async ({ params: { id } }, context) => await make(deps, context, { id, change: { kind } }),
    }),
  );
