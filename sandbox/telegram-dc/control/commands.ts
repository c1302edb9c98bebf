import type { Datacentre } from '../datacentre.ts';
import type { Dispatcher } from '../dispatcher.ts';
import type { Network } from '../network.ts';
import { accountCommands, findUser } from './accounts.ts';
import type { Commands } from './command-types.ts';
import { giftCommands } from './gifts.ts';
import { countersOf, ledgerOf } from './ledger.ts';

/** What commands act on. */
export interface Controlled {
  readonly dc: Datacentre;
  readonly dispatcher: Dispatcher;
  readonly network: Network;
}

/** Every command of the control API. */
export function createCommands({ dc, dispatcher, network }: Controlled): Commands {
  const keysOf = (userId: string) => dc.store.authKeys.all().filter((key) => key.userId === userId);
  return {
    ...accountCommands(dc),
    ...giftCommands(dc),
    status: () => ({
      port: dc.port,
      publicKey: dc.serverKey.publicPem,
      now: dc.now(),
      roundTripMs: dispatcher.roundTripMs,
    }),
    addFaults: ({ faults }) => {
      for (const fault of faults) dispatcher.faults.add(fault);
      return {};
    },
    faults: () => dispatcher.faults.waiting(),
    clearFaults: () => {
      dispatcher.faults.clear();
      return {};
    },
    setRoundTrip: ({ ms }) => {
      dispatcher.roundTripMs = ms;
      return {};
    },
    advanceClock: ({ ms }) => {
      dc.store.configure({ clockOffsetMs: dc.store.settings.clockOffsetMs + ms });
      return { now: dc.now() };
    },
    ledger: ({ account }) => ledgerOf(dc, findUser(dc, account)),
    ledgers: () => dc.store.users.all().map((user) => ledgerOf(dc, user)),
    requests: (query) => dispatcher.log.entries(query),
    clearRequests: () => {
      dispatcher.log.clear();
      return {};
    },
    counters: () => ({
      ...countersOf(dc),
      openConnections: network.openConnections,
      brokenCalls: dispatcher.brokenCalls,
    }),
    disconnect: ({ account }) => {
      const keys = account === undefined ? [undefined] : keysOf(findUser(dc, account).id).map(({ id }) => id);
      return { connections: keys.reduce((sum, id) => sum + network.disconnect(id), 0) };
    },
  };
}
