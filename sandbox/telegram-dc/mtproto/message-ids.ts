/** Ids of the server's messages: Unix time in 2^-32 s, ascending, ≡ 1 mod 4. */
export class MessageIds {
  #last = 0n;

  next(): bigint {
    const now = ((BigInt(Date.now()) << 32n) / 1000n) & ~3n;
    this.#last = now > this.#last ? now | 1n : this.#last + 4n;
    return this.#last;
  }
}
