import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AddressGuard } from '../fetch/address-guard.ts';
import { FetchRefusedError } from '../fetch/errors.ts';

export interface FilteringProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Begins a new page: counts and refusals start anew. */
  begin(): void;
  /** What was refused since then, the first one. */
  refusal(): FetchRefusedError | null;
  close(): Promise<void>;
}

const IDLE_MS = 30_000;
const HOP_BY_HOP = new Set(['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'upgrade']);

/**
 * A loopback proxy through which a browser reaches everything: each connection is judged by the guard that the fetcher
 * has, and made to the address that was judged. Past `maxBytes` for one page all connections are cut.
 */
export async function startFilteringProxy(guard: AddressGuard, maxBytes: number): Promise<FilteringProxy> {
  const gate = new Gate(guard, maxBytes);
  const server = createServer((request, response) => {
    gate.forward(request, response);
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    gate.tunnel(request.url ?? '', client, head);
  });
  // A browser's upgrades (WebSockets) come through tunnels; a plain one would not be counted.
  server.on('upgrade', (_request, client: Duplex) => {
    client.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the filtering proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    begin: () => {
      gate.begin();
    },
    refusal: () => gate.refusal,
    close: async () => {
      gate.begin();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Gate {
  readonly #guard: AddressGuard;
  readonly #maxBytes: number;
  readonly #open = new Set<Duplex>();
  #bytes = 0;
  refusal: FetchRefusedError | null = null;

  constructor(guard: AddressGuard, maxBytes: number) {
    this.#guard = guard;
    this.#maxBytes = maxBytes;
  }

  begin(): void {
    this.#cut();
    this.#bytes = 0;
    this.refusal = null;
  }

  forward(request: IncomingMessage, response: ServerResponse): void {
    const url = URL.parse(request.url ?? '');
    if (url === null || !this.#allows(url)) {
      response.destroy();
      return;
    }
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name)));
    const { method } = request;
    const target = httpRequest(url, { method, headers, lookup: this.#guard.lookup, timeout: IDLE_MS, agent: false });
    target.on('socket', (socket) => {
      this.#watch(socket);
    });
    target.on('response', (answer) => {
      answer.on('data', (chunk: Buffer) => {
        this.#count(chunk);
      });
      answer.on('error', () => response.destroy());
      answer.on('close', () => {
        if (!answer.complete) response.destroy();
      });
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    target.on('timeout', () => target.destroy());
    target.on('error', (err) => {
      this.#note(err);
      response.destroy();
    });
    response.on('error', () => target.destroy());
    request.pipe(target);
  }

  /** `authority` is host:port, as in a CONNECT request. */
  tunnel(authority: string, client: Duplex, head: Buffer): void {
    client.on('error', () => client.destroy());
    const url = URL.parse(`https://${authority}`);
    if (url === null || !this.#allows(url)) {
      client.destroy();
      return;
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const target = connect({ host, port: Number(url.port) || 443, lookup: this.#guard.lookup });
    this.#watch(target);
    target.setTimeout(IDLE_MS, () => target.destroy());
    target.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      client.pipe(target).pipe(client);
    });
    target.on('data', (chunk: Buffer) => {
      this.#count(chunk);
    });
    target.on('error', (err) => {
      this.#note(err);
      client.destroy();
    });
    target.on('close', () => client.destroy());
    client.on('close', () => target.destroy());
  }

  #allows(url: URL): boolean {
    try {
      this.#guard.check(url);
      return this.#bytes <= this.#maxBytes;
    } catch (err) {
      this.#note(err);
      return false;
    }
  }

  #note(err: unknown): void {
    if (err instanceof FetchRefusedError) this.refusal ??= err;
  }

  #watch(socket: Socket): void {
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
  }

  #count(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#maxBytes) return;
    this.refusal ??= new FetchRefusedError(
      'body-too-large',
      `the page and what it loads exceed ${this.#maxBytes} bytes`,
    );
    this.#cut();
  }

  #cut(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
