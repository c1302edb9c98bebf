import {
  changeAgendaSettings,
  readAgendaSettings,
  type AgendaSettingsRow,
} from '../../db/repositories/agenda-settings.ts';
import { readDay } from '../../db/repositories/day-view.ts';
import type { ApiDeps } from '../deps.ts';
import { OUTAGES, Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { AgendaSettingsIn, AgendaSettingsOut, DayOut, dayOut } from '../schemas/day.ts';
import { userRoute } from '../user-route.ts';

const tag = 'The day';

/** The day at a glance, and how a person plans it. */
export const dayRoutes = ({ em, temporal }: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/today',
    operationId: 'getToday',
    tag,
    summary: 'The day: what is late, due and comes by time, habits, what matters most, free time in the working hours',
    status: 200,
    scope: 'read',
    output: DayOut,
    async handle(_input, { user }) {
      const settings = known(await readAgendaSettings(em(), user.id));
      return { body: dayOut(await readDay(em(), settings, Date.now())) };
    },
  }),
  userRoute({
    method: 'get',
    path: '/api/agenda-settings',
    operationId: 'getAgendaSettings',
    tag,
    summary: 'Working hours, digests, the start of the day, the usual Pomodoro',
    status: 200,
    scope: 'read',
    output: AgendaSettingsOut,
    handle: async (_input, { user }) => ({
      body: known(await readAgendaSettings(em(), user.id)),
    }),
  }),
  userRoute({
    method: 'patch',
    path: '/api/agenda-settings',
    operationId: 'changeAgendaSettings',
    tag,
    summary: 'Set what is given; the rest stays. Digests follow at once',
    status: 200,
    scope: 'agenda',
    body: AgendaSettingsIn,
    output: AgendaSettingsOut,
    problems: OUTAGES,
    async handle({ body }, { user, newId }) {
      const settings = known(await changeAgendaSettings(em(), user.id, body));
      await temporal.planDigests(user.id, newId);
      return { body: settings };
    },
  }),
];

function known(settings: AgendaSettingsRow | null): AgendaSettingsRow {
  if (settings === null) throw new Problem('unauthorized', 'sign in first');
  return settings;
}
