import { changesAfter, readDropSummary, settledChange, type ChangePosition } from '../db/repositories/drops-read.ts';
import type { ApiDeps } from './deps.ts';
import { eventText, following } from './event-stream.ts';
import { DropOut, PurchaseOut } from './schemas/drops.ts';

const LOOK_EVERY_MS = 300;
const AT_ONCE = 500;

interface Reader {
  readonly deps: ApiDeps;
  readonly userId: string;
  /** Id of the last event that the client received. */
  readonly lastEventId: string | null;
}

/**
 * Drops and purchases of a user as they change: `open`, then a `purchase` event for each one that changed and a `drop`
 * event with the counts of each drop they belong to. States that came and went between two looks are not told.
 * An id says that every change up to it was told: the last event of a look carries a new one.
 */
export async function* dropEvents(reader: Reader, signal: AbortSignal): AsyncGenerator<string> {
  const follower = new Follower(reader);
  const settled = await settledChange(reader.deps.em());
  follower.settled = /^\d{1,15}$/.test(reader.lastEventId ?? '')
    ? Math.min(Number(reader.lastEventId), settled)
    : settled;
  yield eventText('open', follower.settled, {});
  yield* following({ look: () => follower.look(), everyMs: LOOK_EVERY_MS, signal });
}

/** What of a user's changes was told. */
class Follower {
  settled = 0;
  /** Row id → change, of what was told from beyond `settled`: transactions that began before may end after. */
  readonly #told = new Map<string, number>();
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async *look(): AsyncGenerator<string> {
    const { deps, userId } = this.#reader;
    const touched = new Set<string>();
    let settled: number | null = null;
    let after: ChangePosition | null = { change: this.settled, rowId: null };
    while (after !== null) {
      const page: Awaited<ReturnType<typeof changesAfter>> = await changesAfter(deps.em(), {
        ...{ userId, after, limit: AT_ONCE },
      });
      settled ??= page.settled; // of the first page: what ends while the others are read is read next time
      for (const { change, rowId, dropId, purchase } of page.changes) {
        if (this.#told.get(rowId) === change) continue;
        this.#told.set(rowId, change);
        touched.add(dropId);
        if (purchase !== null) yield eventText('purchase', this.settled, PurchaseOut.parse(purchase));
      }
      after = page.changes.length < AT_ONCE ? null : (page.changes.at(-1) ?? null);
    }
    yield* this.#drops([...touched], Math.max(this.settled, settled ?? 0));
  }

  async *#drops(dropIds: readonly string[], settled: number): AsyncGenerator<string> {
    const { deps, userId } = this.#reader;
    for (const [place, dropId] of dropIds.entries()) {
      const drop = await readDropSummary(deps.em(), userId, dropId);
      const id = place === dropIds.length - 1 ? settled : this.settled;
      if (drop !== null) yield eventText('drop', id, DropOut.parse(drop));
    }
    this.settled = settled;
    for (const [rowId, change] of this.#told) if (change <= settled) this.#told.delete(rowId);
  }
}
