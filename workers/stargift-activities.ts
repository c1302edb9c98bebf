import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { AccountPool } from '../activities/ports/account-pool.ts';
import { createAccountBuyer, createBuyingActivities } from '../activities/stargifts/buying.ts';
import { createOutboxTeller } from '../activities/stargifts/outbox-teller.ts';
import { createPlanningActivities } from '../activities/stargifts/planning.ts';
import { createWatchingActivities } from '../activities/stargifts/watching.ts';
import { wakeOutbox } from '../client/outbox.ts';
import { reportWatchHealth, startDrop } from '../client/stargifts.ts';

export interface StargiftParts {
  readonly orm: MikroORM;
  readonly client: Client;
  readonly pool: AccountPool;
}

/** Watching, planning and buying, told through the outbox. */
export function createStargiftActivities({ orm, client, pool }: StargiftParts) {
  const teller = createOutboxTeller();
  const wake = wakeOutbox.bind(null, client);
  const buy = createAccountBuyer({ orm, pool });
  return {
    ...createBuyingActivities(pool, buy),
    ...createPlanningActivities({ orm, teller, wakeOutbox: wake }),
    ...createWatchingActivities({
      ...{ orm, pool, teller, buy, wakeOutbox: wake },
      startDrop: startDrop.bind(null, client),
      reportHealth: reportWatchHealth.bind(null, client),
    }),
  };
}
