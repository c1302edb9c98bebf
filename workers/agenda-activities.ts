import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createAdviceActivities } from '../activities/agenda/advice.ts';
import { createDigestActivities } from '../activities/agenda/digests.ts';
import { createFocusActivities } from '../activities/agenda/focus.ts';
import { createGroupEventActivities } from '../activities/agenda/group-events.ts';
import { createHabitActivities } from '../activities/agenda/habits.ts';
import { createGoalActivities } from '../activities/agenda/goals.ts';
import { createOccasionActivities } from '../activities/agenda/occasions.ts';
import { createReminderActivities } from '../activities/agenda/reminders.ts';
import { createZoneActivities } from '../activities/agenda/zones.ts';
import type { Advisor } from '../activities/ports/advisor.ts';
import { planAgain } from '../client/agenda.ts';
import type { WakeSenders } from '../client/outbox.ts';
import { renderPng } from '../providers/pictures/render-png.ts';

export interface AgendaParts {
  readonly orm: MikroORM;
  readonly client: Client;
  readonly wakeSenders: WakeSenders;
  /** Absent = advice comes by rules alone. */
  readonly advisor?: Advisor | null;
}

/** The promises of the agenda, told through the outbox. */
export function createAgendaActivities({ orm, client, wakeSenders, advisor = null }: AgendaParts) {
  const em = () => orm.em.fork();
  return {
    ...createFocusActivities({ em, wakeSenders }),
    ...createDigestActivities({ em, wakeSenders }),
    ...createGoalActivities({ em, wakeSenders }),
    ...createAdviceActivities({ em, wakeSenders, advisor }),
    ...createOccasionActivities({ em, wakeSenders }),
    ...createReminderActivities({ em, wakeSenders }),
    ...createHabitActivities({ em, wakeSenders, renderPng }),
    ...createGroupEventActivities({ em, wakeSenders }),
    ...createZoneActivities({ em, planAgain: planAgain.bind(null, client) }),
  };
}
