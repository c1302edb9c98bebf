import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { createAccountCheckActivities } from '../../activities/accounts/account-checks.ts';
import { AccountHost } from '../../activities/accounts/account-host.ts';
import { createAccountLookupActivities } from '../../activities/accounts/account-lookups.ts';
import { createLoginActivities } from '../../activities/accounts/login.ts';
import { tellOwner } from '../../activities/accounts/tell-owner.ts';
import { dataConverter } from '../../client/payload-codec.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { addTelegramLogin } from '../../db/repositories/telegram-logins.ts';
import { createWorkers } from '../../workers/create-workers.ts';
import { startDatabase } from './database.ts';
import { saveUser, secrets, startTelegram } from './telegram.ts';
import { startTemporal, testKeys } from './temporal.ts';

export type AccountStage = Awaited<ReturnType<typeof startAccountStage>>;

/** A database, Temporal and a datacentre on which sign-ins and refreshes run with one account host. */
export async function startAccountStage() {
  const [database, env, telegram] = await Promise.all([startDatabase(), startTemporal(), startTelegram()]);
  const em = (): SqlEntityManager => database.orm.em.fork();
  const host = new AccountHost({
    ...{ host: randomUUID(), em, accounts: telegram.accounts, secrets, tellOwner },
    ...{ capacity: 50, checkEveryMs: 3_600_000, now: () => performance.now() },
    onChange: () => Promise.resolve(),
    onError: () => undefined,
  });
  const activities = {
    ...createLoginActivities({ em, secrets, accounts: telegram.accounts, onSignedIn: () => host.lookAgain() }),
    ...createAccountCheckActivities({ em, pool: host }),
    ...createAccountLookupActivities({ em }),
  };
  const workers = await createWorkers({
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    dataConverter: dataConverter(testKeys),
    queues: [TASK_QUEUES.workflows, TASK_QUEUES.storage, TASK_QUEUES.telegramAccount],
    activities,
    hostQueue: host.queue,
  });
  const running = workers.map((worker) => worker.run());
  await host.start();
  return {
    ...{ env, em, host, telegram, client: env.client },
    async stop(): Promise<void> {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await host.stop();
      await Promise.all([database.stop(), env.teardown(), telegram.dc.stop()]);
    },
    /** Notes a sign-in as the API does; returns the ids that the workflow takes. */
    async noteLogin(
      userId: string,
      brings: { readonly phone: string } | { readonly session: string },
      accountId: string | null = null,
    ) {
      const apiProfileId = await saveUser(em(), userId);
      const id = randomUUID();
      const actor = { userId, ip: null };
      await addTelegramLogin({ em: em(), secrets }, actor, { id, apiProfileId, accountId, brings });
      return { userId, loginId: id };
    },
  };
}
