export interface PathStats {
  hits: number;
  notModified: number;
  /** Status to count; 0 = the connection was cut before an answer. */
  statuses: Record<string, number>;
}

export interface ClientStats {
  requests: number;
  maxConcurrent: number;
  /** Least time between two request starts, ms; null before the second. */
  minGapMs: number | null;
  /** Request starts, ms since the first one of this client; the first 10,000. */
  startsMs: number[];
}

export interface ShopStats {
  readonly requests: number;
  readonly notModified: number;
  /** Key: path and query. */
  readonly paths: Readonly<Record<string, PathStats>>;
  /** Key: remote address and User-Agent. */
  readonly clients: Readonly<Record<string, ClientStats>>;
}

interface Client extends ClientStats {
  inFlight: number;
  firstAt: number;
  lastAt: number;
}

const MAX_STARTS = 10_000;

/** Counts what clients do, so that a test can judge their politeness. `now` is a monotonic clock in ms. */
export class TrafficLog {
  readonly #now: () => number;
  #requests = 0;
  #notModified = 0;
  #paths = new Map<string, PathStats>();
  #clients = new Map<string, Client>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes the start of a request; the answer is to be called once, with the status, when it is over. */
  begin(clientKey: string, path: string): (status: number) => void {
    const client = this.#start(clientKey);
    const entry = this.#paths.get(path) ?? { hits: 0, notModified: 0, statuses: {} };
    this.#paths.set(path, entry);
    entry.hits += 1;
    this.#requests += 1;
    return (status) => {
      client.inFlight -= 1;
      entry.statuses[status] = (entry.statuses[status] ?? 0) + 1;
      if (status !== 304) return;
      entry.notModified += 1;
      this.#notModified += 1;
    };
  }

  report(): ShopStats {
    const clients = [...this.#clients].map(([key, { requests, maxConcurrent, minGapMs, startsMs }]) => {
      const copy: ClientStats = { requests, maxConcurrent, minGapMs, startsMs: [...startsMs] };
      return [key, copy] as const;
    });
    return {
      requests: this.#requests,
      notModified: this.#notModified,
      paths: structuredClone(Object.fromEntries(this.#paths)),
      clients: Object.fromEntries(clients),
    };
  }

  clear(): void {
    this.#requests = 0;
    this.#notModified = 0;
    this.#paths = new Map();
    this.#clients = new Map();
  }

  #start(key: string): Client {
    const now = this.#now();
    const known = this.#clients.get(key);
    const client = known ?? this.#newClient(key, now);
    if (known !== undefined) client.minGapMs = Math.min(client.minGapMs ?? Infinity, now - client.lastAt);
    client.lastAt = now;
    client.requests += 1;
    client.inFlight += 1;
    client.maxConcurrent = Math.max(client.maxConcurrent, client.inFlight);
    if (client.startsMs.length < MAX_STARTS) client.startsMs.push(now - client.firstAt);
    return client;
  }

  #newClient(key: string, now: number): Client {
    const client = {
      requests: 0,
      maxConcurrent: 0,
      minGapMs: null,
      startsMs: [],
      inFlight: 0,
      firstAt: now,
      lastAt: now,
    };
    this.#clients.set(key, client);
    return client;
  }
}
