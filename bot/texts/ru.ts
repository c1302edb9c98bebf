import { commonRu } from './common-ru.ts';
import { focusRu } from './focus-ru.ts';
import { groupsRu } from './groups-ru.ts';
import { habitsRu } from './habits-ru.ts';
import { helpRu } from './help-ru.ts';
import { importRu } from './import-ru.ts';
import { linkRu } from './link-ru.ts';
import { operatorRu } from './operator-ru.ts';
import { refusalsRu } from './refusals-ru.ts';
import { remindRu } from './remind-ru.ts';
import { settingsRu } from './settings-ru.ts';
import { startRu } from './start-ru.ts';
import { todayRu } from './today-ru.ts';
import { peopleRu } from './people-ru.ts';
import { tasksRu } from './tasks-ru.ts';
import { goalsRu } from './goals-ru.ts';

/** Everything that the bot says, by area; the English must have the same. */
export const ru = {
  common: commonRu,
  focus: focusRu,
  groups: groupsRu,
  habits: habitsRu,
  help: helpRu,
  import: importRu,
  link: linkRu,
  operator: operatorRu,
  refusals: refusalsRu,
  remind: remindRu,
  settings: settingsRu,
  start: startRu,
  people: peopleRu,
  tasks: tasksRu,
  goals: goalsRu,
  today: todayRu,
};
export type Texts = typeof ru;
