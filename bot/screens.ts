import type { Screen } from './dialog/dialog.ts';
import { focusScreen } from './screens/focus.ts';
import { goalsScreen } from './screens/goals.ts';
import { groupsScreen } from './screens/groups.ts';
import { habitsScreen } from './screens/habits.ts';
import { helpScreen } from './screens/help.ts';
import { importScreen } from './screens/import.ts';
import { linkScreen } from './screens/link.ts';
import { operatorScreen } from './screens/operator.ts';
import { reminderButtonsScreen } from './screens/reminder-buttons.ts';
import { peopleScreen } from './screens/people.ts';
import { remindersScreen } from './screens/reminders.ts';
import { remindScreen } from './screens/remind.ts';
import { settingsScreen } from './screens/settings.ts';
import { skillsScreen } from './screens/skills.ts';
import { startScreen } from './screens/start.ts';
import { tasksScreen } from './screens/tasks.ts';
import { todayScreen } from './screens/today.ts';
import { zoneScreen } from './screens/zone.ts';

/** Every part of the dialog. */
export const screens: readonly Screen[] = [
  startScreen,
  helpScreen,
  zoneScreen,
  settingsScreen,
  linkScreen,
  remindScreen,
  remindersScreen,
  reminderButtonsScreen,
  importScreen,
  todayScreen,
  tasksScreen,
  goalsScreen,
  skillsScreen,
  peopleScreen,
  focusScreen,
  habitsScreen,
  groupsScreen,
  operatorScreen,
];
