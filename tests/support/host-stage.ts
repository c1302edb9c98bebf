import type { SqlEntityManager } from '@mikro-orm/sql';
import { AccountHost } from '../../activities/accounts/account-host.ts';
import { tellOwner } from '../../activities/accounts/tell-owner.ts';
import { startDatabase } from './database.ts';
import { secrets, startTelegram } from './telegram.ts';

export type HostStage = Awaited<ReturnType<typeof startHostStage>>;

/** A database and a datacentre for account hosts whose clocks the test holds in its hands. */
export async function startHostStage() {
  const [database, telegram] = await Promise.all([startDatabase(), startTelegram()]);
  const hosts: AccountHost[] = [];
  const em = (): SqlEntityManager => database.orm.em.fork();
  const counters = async () => await telegram.dc.control.counters({});
  return {
    ...{ em, telegram, orm: database.orm, control: telegram.dc.control },
    duplicates: async () => (await counters()).duplicatedKeys,
    connections: async () => (await counters()).openConnections,
    row: async (accountId: string) =>
      (await em().execute<Record<string, unknown>[]>('select * from telegram_account where id = ?', [accountId]))[0],
    /** As if the time to live had passed at the database. */
    expire: async (host: AccountHost) =>
      await em().execute(`update telegram_account set lease_until = clock_timestamp() - interval '1 ms'
        where lease_host = '${host.queue.split(':')[1] ?? ''}'`),
    /** A host that can be cut off from the database. */
    hostOf(name: string, { capacity = 10 } = {}) {
      const clock = { ms: 1_000_000, isCutOff: false };
      const changed: string[] = [];
      const errors: unknown[] = [];
      const host = new AccountHost({
        ...{ host: name, accounts: telegram.accounts, secrets, capacity, checkEveryMs: 60_000, tellOwner },
        em: () => {
          if (clock.isCutOff) throw new Error('no way to the database');
          return em();
        },
        now: () => clock.ms,
        onChange: async (userId) => void changed.push(userId),
        onError: (err) => void errors.push(err),
      });
      hosts.push(host);
      return { host, clock, changed, errors };
    },
    /** Stops all hosts and forgets all users. */
    async clear(): Promise<void> {
      for (const host of hosts.splice(0)) await host.stop();
      await em().execute('delete from app_user');
      await telegram.dc.control.clearFaults({});
    },
    async stop(): Promise<void> {
      await Promise.all([database.stop(), telegram.dc.stop()]);
    },
  };
}
