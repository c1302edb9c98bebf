import { setTimeout as delay } from 'node:timers/promises';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { PollInput, PollReport } from '../../contracts/dialog.ts';
import type { ChatKey } from '../../db/repositories/chats.ts';
import { addUpdates, putMarker, readMarker, type ReadUpdate } from '../../db/repositories/inbox.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import type { MessengerName } from '../../domain/shared/messenger-name.ts';
import { RateLimitedError } from '../../providers/errors.ts';
import type { MessengerIngress, UpdateBatch } from '../ports/messenger.ts';

/** How one messenger's updates are got and understood. */
export interface Source {
  readonly ingress: MessengerIngress;
  /** null = nothing that is to be handled. */
  readonly read: (raw: unknown) => ReadUpdate | null;
}

export interface PollingDeps {
  readonly em: () => SqlEntityManager;
  /** null = there is no bot in this messenger. */
  readonly sources: Readonly<Record<MessengerName, Source | null>>;
  /** Has what is in these chats' inboxes handled. */
  readonly wakeTalks: (chats: readonly ChatKey[]) => Promise<void>;
  /** How long one question may wait for an answer, ms; default 25,000. */
  readonly waitMs?: number;
  /** One activity works for about so long, ms; default ten minutes. */
  readonly turnMs?: number;
  /** First pause when no answer comes, ms; default 1,000. */
  readonly backOffMs?: number;
}

const HEARTBEAT_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;
/** Of MAX's 30 requests a second few are left for this; see `MAX_LIMITS`. */
const GAP_MS = { telegram: 0, max: 500 } as const satisfies Record<MessengerName, number>;

/** Activities that ask messengers what people did, where no webhook tells it. */
export function createPollingActivities({ turnMs = 600_000, ...deps }: PollingDeps) {
  return {
    /** Hands updates over until the turn ends; the marker is written after the hand-over, so what a crash cuts off comes again. */
    async pollUpdates({ messenger }: PollInput): Promise<PollReport> {
      const source = deps.sources[messenger];
      if (source === null) return { updates: 0, stuck: 'no-bot-token' };
      const beat = setInterval(heartbeat, HEARTBEAT_MS);
      try {
        return await poll({ ...deps, messenger, source, signal: cancellationSignal() }, performance.now() + turnMs);
      } finally {
        clearInterval(beat);
      }
    },
  };
}
export type PollingActivities = ReturnType<typeof createPollingActivities>;

interface Turn extends Omit<PollingDeps, 'sources' | 'turnMs'> {
  readonly messenger: MessengerName;
  readonly source: Source;
  readonly signal: AbortSignal;
}

async function poll(turn: Turn, endsAt: number): Promise<PollReport> {
  const { messenger, source, signal } = turn;
  let updates = 0;
  let failures = 0;
  let isFree = false;
  let marker = await readMarker(turn.em(), messenger);
  while (performance.now() < endsAt) {
    signal.throwIfAborted();
    const askedAt = performance.now();
    // A webhook that is still set takes the updates away.
    const batch = await ask(turn, marker, { removeWebhook: !isFree });
    if (batch instanceof DomainError) return { updates, stuck: batch.code };
    if (batch instanceof Error) {
      failures += 1;
      isFree = false;
      await delay(pauseAfter(batch, failures, turn), undefined, { signal });
      continue;
    }
    failures = 0;
    isFree = true;
    updates += await handOver(turn, source, batch);
    marker = batch.marker;
    const restMs = askedAt + GAP_MS[messenger] - performance.now();
    if (restMs > 0) await delay(restMs, undefined, { signal });
  }
  return { updates, stuck: null };
}

async function ask(
  { source, signal, waitMs = 25_000 }: Turn,
  marker: string | null,
  { removeWebhook }: { readonly removeWebhook: boolean },
): Promise<UpdateBatch | Error> {
  try {
    if (removeWebhook) await source.ingress.removeWebhook();
    // Without a marker MAX gives the last update alone: the sooner there is one, the less is missed.
    return await source.ingress.updates({ marker, waitMs: marker === null ? 0 : waitMs, signal });
  } catch (err) {
    signal.throwIfAborted();
    return err instanceof Error ? err : new Error(String(err));
  }
}

function pauseAfter(err: Error, failures: number, { backOffMs = 1_000 }: Turn): number {
  if (err instanceof RateLimitedError) return err.retryAfterMs;
  return Math.min(LONGEST_BACK_OFF_MS, backOffMs * 2 ** Math.min(10, failures - 1));
}

/** Into the inbox, then to who handles it, then the marker: in this order nothing is lost. */
async function handOver({ em, messenger, wakeTalks }: Turn, { read }: Source, batch: UpdateBatch): Promise<number> {
  const known = batch.updates.map(read).filter((update) => update !== null);
  const chats = await addUpdates(em(), known);
  if (chats.length > 0) await wakeTalks(chats);
  if (batch.marker !== null) await putMarker(em(), { messenger, marker: batch.marker });
  return batch.updates.length;
}
