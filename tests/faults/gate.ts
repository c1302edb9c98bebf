import { connect, createServer, type Socket } from 'node:net';

/** A statement that a gate stops: before the database has it, or after, so that its sender never hears of it. */
export interface Hold {
  readonly statement: RegExp;
  readonly what: 'request' | 'answer';
  /** Resolves when the statement came by. */
  readonly reached: Promise<void>;
}

interface Armed extends Hold {
  readonly strike: () => void;
}

/** What several gates stop; each hold strikes once, the first statement that fits, in the order they were armed. */
export class Holds {
  #armed: Armed[] = [];

  arm(statement: RegExp, what: Hold['what']): Hold {
    const { promise: reached, resolve: strike } = Promise.withResolvers<undefined>();
    const hold = { statement, what, reached: reached.then(() => undefined), strike: () => strike(undefined) };
    this.#armed.push(hold);
    return hold;
  }

  clear(): void {
    this.#armed = [];
  }

  take(text: string): Hold | null {
    const hit = this.#armed.find(({ statement }) => statement.test(text));
    if (hit === undefined) return null;
    this.#armed = this.#armed.filter((armed) => armed !== hit);
    hit.strike();
    return hit;
  }
}

export interface Gate {
  readonly port: number;
  readonly databaseUrl: string;
  /** Resolves with the next connection. */
  opened(): Promise<void>;
  /** Lets go on what was held. */
  release(): void;
  /** Nothing passes any more, in either direction, and nobody is told. */
  cutOff(): void;
  /** Ends the connections that were cut off; new ones pass. */
  heal(): void;
  stop(): Promise<void>;
}

/** Stands between one process and Postgres, or any other server, on `port`. */
export async function startGate(port: number, holds: Holds): Promise<Gate> {
  const pipes = new Set<Pipe>();
  let isCut = false;
  const waiting = new Set<() => void>();
  const server = createServer((client) => {
    for (const resolve of waiting) resolve();
    waiting.clear();
    const pipe = new Pipe(client, connect({ host: '127.0.0.1', port }), holds);
    pipes.add(pipe);
    if (isCut) pipe.mute();
    client.once('close', () => pipes.delete(pipe));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const all = (act: (pipe: Pipe) => void) => {
    for (const pipe of pipes) act(pipe);
  };
  return {
    port: address.port,
    databaseUrl: `postgres://postgres@127.0.0.1:${address.port}/postgres`,
    opened: async () => await new Promise((resolve) => void waiting.add(resolve)),
    release: () => all((pipe) => pipe.release()),
    cutOff: () => {
      isCut = true;
      all((pipe) => pipe.mute());
    },
    heal: () => {
      isCut = false;
      all((pipe) => pipe.end());
    },
    stop: async () => {
      all((pipe) => pipe.end());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One connection. */
class Pipe {
  readonly #client: Socket;
  readonly #database: Socket;
  readonly #holds: Holds;
  #stopped: Hold['what'] | 'all' | null = null;
  #requests: Buffer[] = [];
  #answers: Buffer[] = [];

  constructor(client: Socket, database: Socket, holds: Holds) {
    [this.#client, this.#database, this.#holds] = [client, database, holds];
    client.on('data', (bytes) => this.#ask(bytes));
    database.on('data', (bytes) => this.#answer(bytes));
    for (const socket of [client, database]) {
      socket.setNoDelay();
      socket.on('error', () => this.end());
      socket.on('close', () => this.end());
    }
  }

  mute(): void {
    this.#stopped = 'all';
  }

  release(): void {
    this.#stopped = null;
    for (const bytes of this.#requests.splice(0)) this.#database.write(bytes);
    for (const bytes of this.#answers.splice(0)) this.#client.write(bytes);
  }

  end(): void {
    this.#client.destroy();
    this.#database.destroy();
  }

  #ask(bytes: Buffer): void {
    const hold = this.#stopped === null ? this.#holds.take(bytes.toString('latin1')) : null;
    if (hold !== null) this.#stopped = hold.what;
    if (this.#stopped === null || this.#stopped === 'answer') this.#database.write(bytes);
    else this.#requests.push(bytes);
  }

  #answer(bytes: Buffer): void {
    if (this.#stopped === null) this.#client.write(bytes);
    else this.#answers.push(bytes);
  }
}
