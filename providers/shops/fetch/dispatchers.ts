import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { AddressGuard } from './address-guard.ts';
import type { FetcherOptions, FetchTimeouts } from './fetch-options.ts';

export interface Dispatchers {
  /** The connection pool of the next fetch: the guarded one, or the proxies in turn. */
  readonly next: () => Dispatcher;
  /** Closes all sockets, also those in use. */
  readonly destroy: () => Promise<void>;
}

/** Opens the connection pools of one fetcher. */
export function createDispatchers(options: FetcherOptions, guard: AddressGuard, timeouts: FetchTimeouts): Dispatchers {
  const shared = {
    connections: options.connections ?? 16,
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    maxHeaderSize: 32_768,
    allowH2: false,
  };
  const connect = { timeout: timeouts.connectMs };
  const direct = new Agent({ ...shared, connect: { ...connect, lookup: guard.lookup } });
  const proxies = (options.proxies ?? []).map(
    (uri) => new ProxyAgent({ ...shared, uri, proxyTls: connect, requestTls: connect }),
  );
  let turn = 0;
  return {
    next() {
      turn = (turn + 1) % Math.max(1, proxies.length);
      return proxies[turn] ?? direct;
    },
    async destroy() {
      await Promise.all([direct, ...proxies].map((dispatcher) => dispatcher.destroy()));
    },
  };
}
