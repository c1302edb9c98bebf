import type { ApiDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { dayRoutes } from './day.ts';
import { focusRoutes } from './focus.ts';
import { calendarImportRoutes } from './calendar-import.ts';
import { calendarRoutes } from './calendars.ts';
import { groupRoutes } from './groups.ts';
import { habitRoutes } from './habits.ts';
import { goalAdviceRoutes } from './goal-advice.ts';
import { goalStepRoutes } from './goal-steps.ts';
import { goalRoutes } from './goals.ts';
import { occasionRoutes } from './occasions.ts';
import { peopleRoutes } from './people.ts';
import { reminderActionRoutes } from './reminder-actions.ts';
import { reminderPreviewRoutes } from './reminder-previews.ts';
import { reminderRoutes } from './reminders.ts';
import { skillRoutes } from './skills.ts';
import { taskRoutes } from './tasks.ts';

/** Everything of the agenda, under the signed-in user. */
export const agendaRoutes = (deps: ApiDeps): Route[] => [
  ...reminderPreviewRoutes(deps),
  ...reminderActionRoutes(deps),
  ...reminderRoutes(deps),
  ...taskRoutes(deps),
  ...focusRoutes(deps),
  ...dayRoutes(deps),
  ...goalRoutes(deps),
  ...goalStepRoutes(deps),
  ...goalAdviceRoutes(deps),
  ...skillRoutes(deps),
  ...peopleRoutes(deps),
  ...occasionRoutes(deps),
  ...habitRoutes(deps),
  ...groupRoutes(deps),
  ...calendarRoutes(deps),
  ...calendarImportRoutes(deps),
];
