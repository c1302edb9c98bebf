import type { ApiDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { dayRoutes } from './day.ts';
import { focusRoutes } from './focus.ts';
import { habitRoutes } from './habits.ts';
import { reminderActionRoutes } from './reminder-actions.ts';
import { reminderRoutes } from './reminders.ts';
import { taskRoutes } from './tasks.ts';

/** Everything of the agenda, under the signed-in user. */
export const agendaRoutes = (deps: ApiDeps): Route[] => [
  ...reminderActionRoutes(deps),
  ...reminderRoutes(deps),
  ...taskRoutes(deps),
  ...focusRoutes(deps),
  ...dayRoutes(deps),
  ...habitRoutes(deps),
];
