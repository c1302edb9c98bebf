/** Results of a pure function of a text, kept for the texts seen lately; forgets all when it is full. */
export class BoundedMemo<T> {
  #known = new Map<string, T>();
  readonly #limit: number;

  /** `limit` is the number of texts kept at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The known result for a text, else that of `make`, which is kept. */
  get(text: string, make: (text: string) => T): T {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (this.#known.size >= this.#limit) this.#known.clear();
    // A copy: a part of a page would keep the whole page in memory.
    this.#known.set(` ${text}`.slice(1), made);
    return made;
  }
}
