import type { ChangePage, ChangePosition, DropSummary } from '../db/repositories/drops-read.ts';
import { eventText } from './event-stream.ts';
import { DropOut, PurchaseOut } from './schemas/drops.ts';

/** What is asked of the database. */
export interface ChangeReader {
  /** Rows of a page at most. */
  readonly atOnce: number;
  readonly changes: (after: ChangePosition) => Promise<ChangePage>;
  readonly drop: (dropId: string) => Promise<DropSummary | null>;
}

/**
 * Tells what changed since the last look: each purchase, then each drop that one belongs to. Changes become visible when
 * their transactions end, not in the order in which these began: what was told from beyond the last settled one is
 * remembered, and read past again until everything before it has ended.
 */
export class ChangeFollower {
  /** Everything up to here was told. */
  #settled: number;
  /** Row id → change, of what was told from beyond it. */
  readonly #told = new Map<string, number>();
  readonly #reader: ChangeReader;

  constructor(reader: ChangeReader, settled: number) {
    this.#reader = reader;
    this.#settled = settled;
  }

  /** Events; the last one carries the new id, so that who leaves in between hears them all again. */
  async *look(): AsyncGenerator<string> {
    const touched = new Set<string>();
    let settled: number | null = null;
    let after: ChangePosition | null = { change: this.#settled, rowId: null };
    while (after !== null) {
      const page: ChangePage = await this.#reader.changes(after);
      settled ??= page.settled; // of the first page: what ends while the others are read is read next time
      for (const { change, rowId, dropId, purchase } of page.changes) {
        if (this.#told.get(rowId) === change) continue;
        this.#told.set(rowId, change);
        touched.add(dropId);
        if (purchase !== null) yield eventText('purchase', this.#settled, PurchaseOut.parse(purchase));
      }
      after = page.changes.length < this.#reader.atOnce ? null : (page.changes.at(-1) ?? null);
    }
    yield* this.#drops([...touched], Math.max(this.#settled, settled ?? 0));
  }

  async *#drops(dropIds: readonly string[], settled: number): AsyncGenerator<string> {
    for (const [place, dropId] of dropIds.entries()) {
      const drop = await this.#reader.drop(dropId);
      const id = place === dropIds.length - 1 ? settled : this.#settled;
      if (drop !== null) yield eventText('drop', id, DropOut.parse(drop));
    }
    this.#settled = settled;
    for (const [rowId, change] of this.#told) if (change <= settled) this.#told.delete(rowId);
  }
}
