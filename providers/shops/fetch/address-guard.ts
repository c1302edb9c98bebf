import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { FetchRefusedError } from './errors.ts';
import { isPrivateAddress } from './private-addresses.ts';

/** Resolves a name to all its addresses. */
export type ResolveHost = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface GuardOptions {
  /** Hosts that may be private and use any port, `host`, or one port, `host:port`: for tests and the sandbox. */
  readonly allow: readonly string[];
  /** Ports of all other hosts. */
  readonly ports: readonly number[];
  readonly resolve?: ResolveHost | undefined;
}

export interface AddressGuard {
  /** Judges scheme, port and literal address before any connection. @throws FetchRefusedError */
  check(url: URL): void;
  /** For the socket: fails when any answer is private, so that the address checked is the address connected to. */
  readonly lookup: LookupFunction;
  /** Judges what a name resolves to, for requests that a proxy resolves again. @throws FetchRefusedError */
  checkResolved(url: URL): Promise<void>;
}

const resolveByDns: ResolveHost = (hostname, done) => {
  dnsLookup(hostname, { all: true }, (error, addresses) => {
    done(error, error === null ? addresses : []);
  });
};

const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();
const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/** Splits allow-list entries into whole hosts and `host:port` pairs. */
function allowList(entries: readonly string[]) {
  const hosts = new Set<string>();
  const pairs = new Set<string>();
  const pairedHosts = new Set<string>();
  for (const entry of entries) {
    const url = new URL(`ftp://${entry}`);
    const host = bareHost(url.hostname);
    if (url.port === '') {
      hosts.add(host);
    } else {
      pairs.add(`${host} ${url.port}`);
      pairedHosts.add(host);
    }
  }
  return { hosts, pairs, pairedHosts };
}

/** Keeps requests away from private networks, odd ports and other schemes. */
export function createAddressGuard({ allow, ports, resolve = resolveByDns }: GuardOptions): AddressGuard {
  const { hosts, pairs, pairedHosts } = allowList(allow);
  const openPorts = new Set(ports);

  const resolveChecked: ResolveHost = (hostname, done) => {
    const host = bareHost(hostname);
    resolve(hostname, (error, addresses) => {
      const bad = addresses.find(({ address }) => isPrivateAddress(address));
      if (error !== null || bad === undefined || hosts.has(host) || pairedHosts.has(host)) {
        done(error, addresses);
        return;
      }
      done(new FetchRefusedError('address-refused', `${hostname} resolves to the private address ${bad.address}`), []);
    });
  };

  function check(url: URL): void {
    if (!/^https?:$/.test(url.protocol))
      throw new FetchRefusedError('scheme-refused', `${url.protocol} is not fetched`);
    const host = bareHost(url.hostname);
    const port = portOf(url);
    if (hosts.has(host) || pairs.has(`${host} ${port}`)) return;
    if (!openPorts.has(port)) throw new FetchRefusedError('port-refused', `port ${port} of ${host} is not open to us`);
    // A host allowed on one port may be private: on every other port it is refused.
    if (pairedHosts.has(host) || isPrivateAddress(host)) {
      throw new FetchRefusedError('address-refused', `${host} is a private address`);
    }
  }

  return {
    check,
    lookup: (hostname, options, callback) => {
      resolveChecked(hostname, (error, addresses) => {
        const [first] = addresses;
        if (error !== null) callback(error, '');
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first?.address ?? '', first?.family);
      });
    },
    checkResolved: (url) =>
      new Promise((resolved, rejected) => {
        check(url);
        resolveChecked(bareHost(url.hostname), (error) => {
          if (error === null) resolved();
          else rejected(error);
        });
      }),
  };
}
