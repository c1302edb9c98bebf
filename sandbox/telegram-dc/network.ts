import type { Socket } from 'node:net';
import type { Datacentre } from './datacentre.ts';
import type { Dispatcher } from './dispatcher.ts';
import { DuplicateWatch } from './duplicates.ts';
import { Connection, type ConnectionHost } from './mtproto/connection.ts';
import { Handshake } from './mtproto/handshake.ts';
import { MessageIds } from './mtproto/message-ids.ts';
import type { RpcCall, RpcOutcome } from './mtproto/rpc.ts';
import { SessionMemory } from './mtproto/session-memory.ts';

/** Connections of all clients. */
export class Network implements ConnectionHost {
  readonly ids = new MessageIds();
  readonly #dc: Datacentre;
  readonly #dispatcher: Dispatcher;
  readonly #sessions = new Map<string, SessionMemory>();
  readonly #duplicates: DuplicateWatch;

  constructor(dc: Datacentre, dispatcher: Dispatcher) {
    this.#dc = dc;
    this.#dispatcher = dispatcher;
    this.#duplicates = new DuplicateWatch((id) => {
      dc.endDuplicated(id);
    });
  }

  accept(socket: Socket): void {
    const connection = new Connection(socket, this);
    this.#duplicates.add(connection);
    socket.once('close', () => {
      this.#duplicates.remove(connection);
    });
  }

  newHandshake(): Handshake {
    return new Handshake(this.#dc.serverKey, () => this.nowSeconds());
  }

  authKey(id: string): Buffer | undefined {
    const key = this.#dc.store.authKeys.get(id)?.key;
    return key === undefined ? undefined : Buffer.from(key, 'hex');
  }

  addAuthKey(id: string, key: Buffer): void {
    this.#dc.addAuthKey(id, key);
  }

  session(key: string): { readonly memory: SessionMemory; readonly isNew: boolean } {
    const known = this.#sessions.get(key);
    if (known !== undefined) return { memory: known, isNew: false };
    const memory = new SessionMemory();
    this.#sessions.set(key, memory);
    return { memory, isNew: true };
  }

  async call(call: RpcCall, connection: Connection): Promise<RpcOutcome> {
    this.#duplicates.heard(connection);
    return await this.#dispatcher.call(call);
  }

  nowSeconds(): number {
    return Math.floor(Date.now() / 1000);
  }

  get openConnections(): number {
    return this.#duplicates.size;
  }

  /** Cuts every connection, or those of one auth key. */
  disconnect(authKeyId?: string): number {
    return this.#duplicates.close(authKeyId);
  }
}
