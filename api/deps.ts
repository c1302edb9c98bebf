import type { SqlEntityManager } from '@mikro-orm/sql';
import type { PayloadCodec } from '@temporalio/common';
import type { Logger } from 'pino';
import type { QueryEmbedder } from '../domain/recommend/vector-space.ts';
import type { ReplayInput } from '../contracts/replays.ts';
import type { CrawlInput, SourceInput, TryPageInput, TryPageResult } from '../contracts/catalog.ts';

/** What the API asks of Temporal, in our words; `temporal-door.ts` is the real one. All reject with a Problem when it is down. */
export interface TemporalDoor {
  saveSource(input: SourceInput): Promise<void>;
  removeSource(sourceId: string): Promise<void>;
  tryPage(requestId: string, input: TryPageInput): Promise<TryPageResult>;
  /** @throws DomainError crawl-running */
  startCrawl(input: CrawlInput): Promise<void>;
  /** @throws DomainError replay-running */
  startReplay(input: ReplayInput): Promise<void>;
  /** Id of the crawl that runs for this source now, or null. */
  runningCrawlId(sourceId: string): Promise<string | null>;
  /** These three reject with Problem crawl-finished when nothing runs. */
  pauseCrawl(sourceId: string): Promise<void>;
  resumeCrawl(sourceId: string): Promise<void>;
  cancelCrawl(sourceId: string): Promise<void>;
  /** Resolves when Temporal answers. */
  ping(): Promise<void>;
}

/** Everything the API needs, handed in. */
export interface ApiDeps {
  /** A fresh entity manager for one unit of work. */
  readonly em: () => SqlEntityManager;
  readonly temporal: TemporalDoor;
  /** For the meaning of a query; absent = no embedding model: lexical mode. */
  readonly embedder?: QueryEmbedder | null;
  readonly codec: PayloadCodec;
  readonly log: Logger;
  /** Aborted when the process is about to stop: open streams end. */
  readonly closing: AbortSignal;
}
