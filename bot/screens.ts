import type { Screen } from './dialog/dialog.ts';
import { focusScreen } from './screens/focus.ts';
import { groupsScreen } from './screens/groups.ts';
import { habitsScreen } from './screens/habits.ts';
import { helpScreen } from './screens/help.ts';
import { importScreen } from './screens/import.ts';
import { linkScreen } from './screens/link.ts';
import { operatorScreen } from './screens/operator.ts';
import { reminderButtonsScreen } from './screens/reminder-buttons.ts';
import { remindersScreen } from './screens/reminders.ts';
import { remindScreen } from './screens/remind.ts';
import { settingsScreen } from './screens/settings.ts';
import { startScreen } from './screens/start.ts';
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
  focusScreen,
  habitsScreen,
  groupsScreen,
  operatorScreen,
];
