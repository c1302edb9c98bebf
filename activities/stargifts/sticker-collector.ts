import { setTimeout as sleep } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { SqlEntityManager } from '@mikro-orm/sql';
import {
  adoptStickers,
  claimSticker,
  noteSticker,
  putOffSticker,
  type ShownSticker,
} from '../../db/repositories/gift-stickers.ts';
import { keepSticker } from '../../db/repositories/stickers.ts';
import { inflateTgs } from '../../db/tgs.ts';
import { DomainError } from '../../domain/shared/errors.ts';
import { TelegramError } from '../../domain/stargifts/telegram-error.ts';
import type { AccountPool } from '../ports/account-pool.ts';
import { tellSticker } from './outbox-teller.ts';

export interface StickerDeps {
  readonly orm: MikroORM;
  readonly pool: AccountPool;
  /** Has the user's outbox sent. */
  readonly wakeOutbox: (userId: string) => Promise<void>;
  /** E.g. no way to the database. */
  readonly onError: (err: unknown) => void;
}

/** How fast animations are fetched. */
export interface StickerPace {
  /** A release is bought before its pictures are fetched: ms to wait at first, default 2,000. */
  readonly settleMs?: number;
  /** Between two files, ms; default 250. */
  readonly everyMs?: number;
}

/** Files at once in one process, whoever's gifts they belong to. */
const AT_ONCE = 3;
/** Longer than any download takes; a process that dies in one leaves it to others then. */
const CLAIM_MS = 60_000;
const RETRY_MS = 30_000;
const HOPELESS_MS = 86_400_000;

/**
 * Fetches the animations of gifts, beside polling and buying. What is missing is in Postgres: whatever goes wrong, the
 * next look at the gifts asks again. Every animation is fetched once, however many ledgers show it.
 */
export class StickerCollector {
  readonly #deps: StickerDeps & StickerPace;
  readonly #wanting = new Set<string>();
  #running = 0;
  #turn = 0;

  constructor(deps: StickerDeps & StickerPace) {
    this.#deps = deps;
  }

  /** Has the animations that a user's gifts lack fetched, in a while; never throws. */
  want(userId: string): void {
    this.#wanting.add(userId);
    if (this.#running >= AT_ONCE) return;
    this.#running += 1;
    void this.#collect();
  }

  async #collect(): Promise<void> {
    const { settleMs = 2_000, everyMs = 250 } = this.#deps;
    const onError = (err: unknown): boolean => {
      this.#deps.onError(err);
      return false;
    };
    await sleep(settleMs, undefined, { ref: false });
    for (const userId of this.#wanting) {
      this.#wanting.delete(userId);
      if (await this.#one(userId).catch(onError)) this.#wanting.add(userId);
      await sleep(everyMs, undefined, { ref: false });
    }
    this.#running -= 1;
  }

  /** Fetches one animation; false = the user lacks none, or none can be fetched now. */
  async #one(userId: string): Promise<boolean> {
    const { orm, pool } = this.#deps;
    await this.#show(async (tx) => await adoptStickers(tx, userId));
    const held = pool.held(userId);
    const accountId = held[(this.#turn += 1) % Math.max(1, held.length)];
    if (accountId === undefined) return false;
    const stickerId = await claimSticker(orm.em.fork(), userId, CLAIM_MS);
    if (stickerId === null) return false;
    try {
      const bytes = await pool.use(accountId, async (account) => await account.sticker(stickerId));
      if ((await inflateTgs(bytes)) === null) throw new DomainError('sticker-malformed', 'no gzip with JSON in it');
      const contentHash = await keepSticker(orm.em.fork(), bytes);
      await this.#show(async (tx) => await noteSticker(tx, { stickerId, contentHash }));
      return true;
    } catch (err) {
      return await this.#failed(stickerId, err);
    }
  }

  /** Notes kept animations and what there is to tell of them in one transaction. */
  async #show(note: (tx: SqlEntityManager) => Promise<readonly ShownSticker[]>): Promise<void> {
    const { orm, wakeOutbox } = this.#deps;
    const told = await orm.em.fork().transactional(async (tx) => {
      const users = new Set<string>();
      for (const shown of await note(tx)) if ((await tellSticker(tx, shown)) > 0) users.add(shown.userId);
      return users;
    });
    await Promise.all([...told].map(wakeOutbox));
  }

  /** Whether another animation may be worth a try now. */
  async #failed(stickerId: string, err: unknown): Promise<boolean> {
    const em = this.#deps.orm.em.fork();
    if (err instanceof TelegramError) {
      await putOffSticker(em, stickerId, Math.max(RETRY_MS, err.retryAfterMs));
      return err.consequence === 'refused';
    }
    if (!(err instanceof DomainError)) throw err;
    if (err.code === 'account-not-held') return false; // the claim ends by itself
    await putOffSticker(em, stickerId, HOPELESS_MS);
    return true;
  }
}
