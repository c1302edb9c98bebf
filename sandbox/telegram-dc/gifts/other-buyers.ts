import type { Datacentre } from '../datacentre.ts';
import { soldCopies } from './sales.ts';

/** Buyers outside of this datacentre's accounts: they take copies at each gift's rate. */
export class OtherBuyers {
  readonly #dc: Datacentre;
  /** Until when the sales of a gift are settled, by gift. */
  readonly #settledUntil = new Map<string, number>();

  constructor(dc: Datacentre) {
    this.#dc = dc;
  }

  /** Takes what was bought since the last time. Whole copies only. */
  settle(): void {
    const now = this.#dc.now();
    for (const gift of this.#dc.store.gifts.all()) {
      const from = this.#settledUntil.get(gift.id) ?? gift.releasedAt;
      const copies = Math.floor(((now - from) / 1000) * gift.otherBuyersPerSecond);
      const isSelling = gift.otherBuyersPerSecond > 0 && gift.remaining !== null && gift.remaining > 0;
      if (isSelling && copies < 1) continue;
      const until = isSelling ? from + (copies / gift.otherBuyersPerSecond) * 1000 : now;
      this.#settledUntil.set(gift.id, until);
      if (isSelling)
        this.#dc.store.commit([this.#dc.store.gifts.put(soldCopies(gift, { buyer: null, copies, at: until }))]);
    }
  }
}
