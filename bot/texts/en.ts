import { commonEn } from './common-en.ts';
import { focusEn } from './focus-en.ts';
import { groupsEn } from './groups-en.ts';
import { habitsEn } from './habits-en.ts';
import { helpEn } from './help-en.ts';
import { importEn } from './import-en.ts';
import { linkEn } from './link-en.ts';
import { operatorEn } from './operator-en.ts';
import { refusalsEn } from './refusals-en.ts';
import { remindEn } from './remind-en.ts';
import { settingsEn } from './settings-en.ts';
import { startEn } from './start-en.ts';
import type { Texts } from './ru.ts';
import { todayEn } from './today-en.ts';
import { peopleEn } from './people-en.ts';
import { tasksEn } from './tasks-en.ts';
import { goalsEn } from './goals-en.ts';

export const en: Texts = {
  common: commonEn,
  focus: focusEn,
  groups: groupsEn,
  habits: habitsEn,
  help: helpEn,
  import: importEn,
  link: linkEn,
  operator: operatorEn,
  refusals: refusalsEn,
  remind: remindEn,
  settings: settingsEn,
  start: startEn,
  people: peopleEn,
  tasks: tasksEn,
  goals: goalsEn,
  today: todayEn,
};
