import type { Client } from '@temporalio/client';
import type { Within } from './accounts-door.ts';
import type { AgendaDoor } from './deps.ts';
import { createFocusDoor } from './focus-door.ts';
import { createGroupsDoor } from './groups-door.ts';
import { createHabitsDoor } from './habits-door.ts';
import { createPeopleDoor } from './people-door.ts';
import { createRemindersDoor } from './reminders-door.ts';

/** What the API asks of the promises of the agenda. */
export const createAgendaDoor = (client: Client, within: Within): AgendaDoor => ({
  ...createRemindersDoor(client, within),
  ...createFocusDoor(client, within),
  ...createGroupsDoor(client, within),
  ...createHabitsDoor(client, within),
  ...createPeopleDoor(client, within),
});
