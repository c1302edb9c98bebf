const MAX_ANSWERS = 500;

interface Remembered {
  /** Whole body of the answer; null while it is being made, or when it is never to be had again. */
  body: Buffer | null;
  /** The message it last went out as. */
  sentAs: bigint | null;
}

/** What the server knows of one session of a client: requests that came, answers to give again. */
export class SessionMemory {
  readonly #requests = new Map<bigint, Remembered>();
  #sequence = 0;

  /** False when this very message came before. */
  begin(messageId: bigint): boolean {
    if (this.#requests.has(messageId)) return false;
    this.#requests.set(messageId, { body: null, sentAs: null });
    const oldest = this.#requests.keys().next().value;
    if (this.#requests.size > MAX_ANSWERS && oldest !== undefined) this.#requests.delete(oldest);
    return true;
  }

  answered(messageId: bigint, body: Buffer): void {
    const remembered = this.#requests.get(messageId);
    if (remembered !== undefined) remembered.body = body;
  }

  sent(messageId: bigint, sentAs: bigint): void {
    const remembered = this.#requests.get(messageId);
    if (remembered !== undefined) remembered.sentAs = sentAs;
  }

  /** The request never came, as far as this server can tell. */
  forget(messageId: bigint): void {
    this.#requests.delete(messageId);
  }

  isKnown(messageId: bigint): boolean {
    return this.#requests.has(messageId);
  }

  answerTo(messageId: bigint): Buffer | null {
    return this.#requests.get(messageId)?.body ?? null;
  }

  /** Requests whose answers went out as these messages. */
  requestsOf(sentAs: readonly bigint[]): bigint[] {
    const wanted = new Set(sentAs);
    return [...this.#requests].flatMap(([id, known]) =>
      known.sentAs !== null && wanted.has(known.sentAs) ? [id] : [],
    );
  }

  /** Sequence number of the next message; odd for those that want an acknowledgement. */
  nextSequence(needsAck: boolean): number {
    const number = this.#sequence * 2 + (needsAck ? 1 : 0);
    if (needsAck) this.#sequence += 1;
    return number;
  }
}
