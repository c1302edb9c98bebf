import type { Connection } from './mtproto/connection.ts';

/** Two clients that were both heard within this time live at once; a paused one that was replaced long ago does not yet. */
const RECENT_MS = 10_000;
/** Time for the end of a replaced connection to arrive. */
const SETTLE_MS = 50;

/** Watches that an auth key lives with one client at a time. */
export class DuplicateWatch {
  readonly #connections = new Set<Connection>();
  readonly #onDuplicate: (authKeyId: string, hosts: readonly string[]) => void;

  /** `onDuplicate` is told once per pair of connections. */
  constructor(onDuplicate: (authKeyId: string, hosts: readonly string[]) => void) {
    this.#onDuplicate = onDuplicate;
  }

  /** Connections that are open. */
  get size(): number {
    return this.#connections.size;
  }

  add(connection: Connection): void {
    this.#connections.add(connection);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection);
  }

  /** Called with each call that a connection carries. */
  heard(connection: Connection): void {
    if (this.#rivals(connection).length === 0) return;
    setTimeout(() => {
      const rivals = connection.isOpen ? this.#rivals(connection) : [];
      const keyId = connection.authKeyId;
      if (rivals.length === 0 || keyId === null) return;
      this.#onDuplicate(keyId, [connection.device, ...rivals.map(({ device }) => device)]);
      for (const duplicate of [connection, ...rivals]) duplicate.close();
    }, SETTLE_MS).unref();
  }

  /** Closes every connection, or those of one auth key; tells how many. */
  close(authKeyId?: string): number {
    const closing = [...this.#connections].filter((item) => authKeyId === undefined || item.authKeyId === authKeyId);
    for (const connection of closing) connection.close();
    return closing.length;
  }

  #rivals(connection: Connection): Connection[] {
    const since = performance.now() - RECENT_MS;
    return [...this.#connections].filter(
      (other) =>
        other !== connection &&
        other.isOpen &&
        other.heardAt >= since &&
        other.authKeyId === connection.authKeyId &&
        other.sessionId !== connection.sessionId &&
        isAnotherClient(connection, other),
    );
  }
}

/** One client opens several connections, the others for files only. */
function isAnotherClient(a: Connection, b: Connection): boolean {
  const isNamedOtherwise = a.device !== '' && b.device !== '' && a.device !== b.device;
  return isNamedOtherwise || (a.isMain && b.isMain);
}
