import type { z } from 'zod';

/** A record about to be written. */
export interface Change {
  readonly table: string;
  readonly record: unknown;
  apply(): void;
}

/** Records of one kind by key, in the order they first came. They are never changed in place. */
export class Table<T> {
  readonly name: string;
  readonly #schema: z.ZodType<T>;
  readonly #keyOf: (record: T) => string;
  readonly #records = new Map<string, T>();

  constructor(name: string, schema: z.ZodType<T>, keyOf: (record: T) => string) {
    this.name = name;
    this.#schema = schema;
    this.#keyOf = keyOf;
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  all(): T[] {
    return [...this.#records.values()];
  }

  find(wanted: (record: T) => boolean): T | undefined {
    for (const record of this.#records.values()) if (wanted(record)) return record;
    return undefined;
  }

  /** To be given to `Store.commit`. */
  put(record: T): Change {
    return {
      table: this.name,
      record,
      apply: () => {
        this.#records.set(this.#keyOf(record), record);
      },
    };
  }

  /** A record as the journal kept it. @throws ZodError when it does not fit */
  restore(raw: unknown): void {
    const record = this.#schema.parse(raw);
    this.#records.set(this.#keyOf(record), record);
  }
}
