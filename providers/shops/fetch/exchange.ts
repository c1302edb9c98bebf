import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { FetchRefusedError } from './errors.ts';

/** An answer without its body. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

export interface Answer extends AnswerHead {
  /** As it is on the wire; null = it is not wanted, or not what an error page should be. */
  readonly wire: Buffer | null;
}

export interface GetRequest {
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  /** How many bytes of body may come; null = it is not wanted. @throws FetchRefusedError when it cannot be what was asked for */
  readonly wanted: (head: AnswerHead) => number | null;
}

/** The value of a response header, the first where it was sent twice. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/**
 * Sends one GET and receives the answer under its limits, without the stream that undici's own `request` makes of every
 * body: most answers of a crawl that is repeated have none. @throws FetchRefusedError past the limit, or what undici throws
 */
export async function send(dispatcher: Pick<Dispatcher, 'dispatch'>, request: GetRequest): Promise<Answer> {
  request.signal.throwIfAborted();
  const receiver = new Receiver(request);
  const { origin, pathname, search } = request.url;
  const { headers } = request;
  dispatcher.dispatch({ origin, path: pathname + search, method: 'GET', headers }, receiver);
  return await receiver.answer;
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly answer: Promise<Answer>;
  readonly #request: GetRequest;
  readonly #settle: PromiseWithResolvers<Answer>;
  readonly #onAbort: () => void;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | null = null;
  #head: AnswerHead = { status: 0, headers: {} };
  #limit = 0;
  #size = 0;
  #isOver = false;

  constructor(request: GetRequest) {
    this.#request = request;
    this.#settle = Promise.withResolvers();
    this.answer = this.#settle.promise;
    // By a variable: V8 makes a function that is assigned to a property old from the start, and what it refers to, here
    // the whole answer, would stay until the next full collection.
    const onAbort = () => {
      this.#stop(toError(request.signal.reason));
    };
    this.#onAbort = onAbort;
    request.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(toError(this.#request.signal.reason));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200 || this.#isOver) return;
    this.#head = { status, headers };
    try {
      const limit = this.#request.wanted(this.#head);
      if (limit === null) this.#giveUp();
      else if (Number(headerOf(headers, 'content-length') ?? 0) > limit) throw tooLarge(limit);
      else this.#limit = limit;
    } catch (err) {
      this.#refuse(toError(err));
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    this.#size += chunk.length;
    if (this.#size > this.#limit) this.#refuse(tooLarge(this.#limit));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    const isOne = this.#chunks.length === 1 && only !== undefined;
    this.#end({ ...this.#head, wire: isOne ? only : Buffer.concat(this.#chunks, this.#size) });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  /** What an error page is made of is nobody's mistake. */
  #refuse(error: Error): void {
    if (this.#head.status >= 400 && error instanceof FetchRefusedError) this.#giveUp();
    else this.#stop(error);
  }

  /** The rest of the answer is thrown away, and with it its connection. */
  #giveUp(): void {
    this.#end({ ...this.#head, wire: null });
    this.#controller?.abort(new Error('the body is not wanted'));
  }

  #stop(error: Error): void {
    this.#fail(error);
    this.#controller?.abort(error);
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#close();
    this.#settle.reject(error);
  }

  #end(answer: Answer): void {
    if (this.#isOver) return;
    this.#close();
    this.#settle.resolve(answer);
  }

  #close(): void {
    this.#isOver = true;
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }
}

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
const tooLarge = (limit: number) => new FetchRefusedError('body-too-large', `the body is larger than ${limit} bytes`);
