import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createDigestActivities } from '../activities/agenda/digests.ts';
import { createFocusActivities } from '../activities/agenda/focus.ts';
import { createGroupEventActivities } from '../activities/agenda/group-events.ts';
import { createHabitActivities } from '../activities/agenda/habits.ts';
import { createGoalActivities } from '../activities/agenda/goals.ts';
import { createOccasionActivities } from '../activities/agenda/occasions.ts';
import { createReminderActivities } from '../activities/agenda/reminders.ts';
import { createZoneActivities } from '../activities/agenda/zones.ts';
import { planAgain } from '../client/agenda.ts';
import type { WakeSenders } from '../client/outbox.ts';
import { renderPng } from '../providers/pictures/render-png.ts';

export interface AgendaParts {
  readonly orm: MikroORM;
  readonly client: Client;
  readonly wakeSenders: WakeSenders;
}

/** The promises of the agenda, told through the outbox. */
export function createAgendaActivities({ orm, client, wakeSenders }: AgendaParts) {
  const em = () => orm.em.fork();
  return {
    ...createFocusActivities({ em, wakeSenders }),
    ...createDigestActivities({ em, wakeSenders }),
    ...createGoalActivities({ em, wakeSenders }),
    ...createOccasionActivities({ em, wakeSenders }),
    ...createReminderActivities({ em, wakeSenders }),
    ...createHabitActivities({ em, wakeSenders, renderPng }),
    ...createGroupEventActivities({ em, wakeSenders }),
    ...createZoneActivities({ em, planAgain: planAgain.bind(null, client) }),
  };
}
