import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
  type Connection,
} from '@temporalio/client';
import { cancelCrawl, crawlProgress, pauseCrawl, resumeCrawl, startCrawl } from '../client/crawls.ts';
import { startReplay } from '../client/replays.ts';
import { executeRemoveSource, executeSaveSource, executeTryPage } from '../client/sources.ts';
import { createAccountsDoor } from './accounts-door.ts';
import { createAgendaDoor } from './agenda-door.ts';
import type { TemporalDoor } from './deps.ts';
import { createGiftsDoor } from './gifts-door.ts';
import { Problem } from './problems.ts';

const CALL_MS = 5000;
/** What waits for a worker; shorter than the lease of an Idempotency-Key. */
const SAVE_MS = 15_000;
const TRY_MS = 60_000;
const PING_MS = 1000;
/** Asked first, so that the caller need not wait out the whole limit of a call when Temporal is down. */
const REACH_MS = 3000;

interface Temporal {
  readonly client: Client;
  readonly connection: Pick<Connection, 'withDeadline' | 'workflowService'>;
}

/** The client functions with a time limit each, and outages told apart: Temporal itself, or nobody who takes the work. */
export function createTemporalDoor({ client, connection }: Temporal): TemporalDoor {
  const reach = async (ms: number): Promise<void> => {
    await connection.withDeadline(Date.now() + ms, () => connection.workflowService.getSystemInfo({}));
  };
  const within = async <T>(ms: number, call: () => Promise<T>): Promise<T> => {
    await reach(REACH_MS).catch(sayDown);
    try {
      return await connection.withDeadline(Date.now() + ms, call);
    } catch (err) {
      if (!isOutage(err)) throw err;
      await reach(REACH_MS).catch(sayDown);
      throw new Problem(
        'workers-unavailable',
        'Temporal has the work, but no worker has done it in time; it is done when workers run: npm run worker',
        { cause: err },
      );
    }
  };
  const steer = async (call: () => Promise<void>): Promise<void> => {
    await within(CALL_MS, call).catch((err: unknown) => {
      throw err instanceof WorkflowNotFoundError ? new Problem('crawl-finished', 'this crawl has ended') : err;
    });
  };
  return {
    ...createAccountsDoor(client, within),
    ...createGiftsDoor(client, within),
    ...createAgendaDoor(client, within),
    ping: async () => {
      await reach(PING_MS);
    },
    saveSource: async (input) => {
      await within(SAVE_MS, () => executeSaveSource(client, input));
    },
    removeSource: async (sourceId) => {
      await within(SAVE_MS, () => executeRemoveSource(client, sourceId));
    },
    tryPage: async (requestId, input) =>
      await within(TRY_MS, () => executeTryPage(client, requestId, input)).catch((err: unknown) => {
        throw err instanceof WorkflowExecutionAlreadyStartedError
          ? new Problem('request-in-progress', 'this page is being tried already')
          : err;
      }),
    startCrawl: async (input) => {
      await within(CALL_MS, () => startCrawl(client, input));
    },
    startReplay: async (input) => {
      await within(CALL_MS, () => startReplay(client, input));
    },
    runningCrawlId: async (sourceId) => (await within(CALL_MS, () => crawlProgress(client, sourceId))).crawlId,
    pauseCrawl: async (sourceId) => {
      await steer(() => pauseCrawl(client, sourceId));
    },
    resumeCrawl: async (sourceId) => {
      await steer(() => resumeCrawl(client, sourceId));
    },
    cancelCrawl: async (sourceId) => {
      await steer(() => cancelCrawl(client, sourceId));
    },
  };
}

/** gRPC errors of the SDK arrive bare or as a cause. */
const isOutage = (err: unknown): boolean =>
  isGrpcServiceError(err) ||
  err instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  (err instanceof Error && isGrpcServiceError(err.cause));

function sayDown(cause: unknown): never {
  throw new Problem('temporal-unavailable', 'Temporal does not answer; nothing may have been started', { cause });
}
