const MAX_ENTRIES = 50_000;

/** One call as it came and went. */
export interface LoggedRequest {
  /** Ascending from 1 over the life of the process. */
  readonly number: number;
  readonly method: string;
  /** Telegram id; null = not logged in. */
  readonly account: string | null;
  readonly host: string;
  /** Epoch ms with microseconds, of the machine's clock: when it came, and when its answer went out (null = not yet, or never). */
  readonly receivedAt: number;
  readonly answeredAt: number | null;
  /** Constructor or error that it was answered with; null = none. */
  readonly answer: string | null;
  /** Kind of the fault that struck. */
  readonly fault: string | null;
  /** Of forms and payments. */
  readonly giftId: string | null;
  /** Gifts in the answer, of whole lists of gifts. */
  readonly giftCount: number | null;
}

/** Later than this number; of one method; of one account's Telegram id. */
export interface RequestQuery {
  readonly since?: number | undefined;
  readonly method?: string | undefined;
  readonly account?: string | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Epoch ms with microseconds; never goes backwards. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

/** The latest calls, oldest first. */
export class RequestLog {
  #entries: Mutable<LoggedRequest>[] = [];
  #count = 0;

  begin(start: Pick<LoggedRequest, 'method' | 'account' | 'host' | 'giftId'>): Mutable<LoggedRequest> {
    this.#count += 1;
    const entry = {
      ...start,
      number: this.#count,
      receivedAt: preciseNow(),
      answeredAt: null,
      answer: null,
      fault: null,
      giftCount: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) this.#entries = this.#entries.slice(MAX_ENTRIES / 10);
    return entry;
  }

  entries(query: RequestQuery): LoggedRequest[] {
    return this.#entries.filter(
      ({ number, method, account }) =>
        number > (query.since ?? 0) &&
        (query.method === undefined || method === query.method) &&
        (query.account === undefined || account === query.account),
    );
  }

  clear(): void {
    this.#entries = [];
  }
}
