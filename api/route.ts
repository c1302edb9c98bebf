import type { Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ProblemCode } from './problems.ts';

/** What a handler knows of its request besides the input. */
export interface RequestContext {
  readonly log: Logger;
  readonly requestId: string;
  /**
   * UUID for what this request creates or starts. It follows from the Idempotency-Key where there is one, so a request that is
   * repeated after a crash names the same thing again.
   */
  readonly newId: string;
  /** True when `newId` follows from a key, so that its thing may exist already. */
  readonly keyed: boolean;
  /** `Last-Event-ID` of a stream that is resumed. */
  readonly lastEventId: string | null;
}

export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** A body with the route's status, or a stream that writes its own answer. */
export type Answer<T> =
  { readonly body: T; readonly location?: string } | { readonly stream: (res: Response) => Promise<void> };

const Nothing = z.strictObject({});
type Nothing = typeof Nothing;

interface Description {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Express 5 path, e.g. `/api/sources/:id`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly status: 200 | 201 | 202 | 204;
  /** Problems of its own; those that every route has are added. */
  readonly problems: readonly ProblemCode[];
  readonly contentType: 'application/json' | 'text/event-stream' | 'text/plain';
  /** Takes an `Idempotency-Key`. */
  readonly idempotent: boolean;
  /** Answers without the operator token. */
  readonly open: boolean;
}

/** One operation: the single source of its URL, its validation and its OpenAPI entry. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> extends Description {
  readonly params: P;
  readonly query: Q;
  /** null = takes no body. */
  readonly body: B | null;
  /** null = answers without a body. */
  readonly output: O | null;
  // A method, not a property: a list of routes forgets the types of each one's input.
  handle(input: Input<z.output<P>, z.output<Q>, z.output<B>>, context: RequestContext): Promise<Answer<z.input<O>>>;
}

type Defaults = 'params' | 'query' | 'body' | 'output' | 'problems' | 'contentType' | 'idempotent' | 'open';

/** Fills in what most routes have in common; POST takes an Idempotency-Key unless it says otherwise. */
export function route<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  O extends z.ZodType = z.ZodUndefined,
>(spec: Omit<Route<P, Q, B, O>, Defaults> & Partial<Pick<Route<P, Q, B, O>, Defaults>>): Route {
  const filled: Route<P | Nothing, Q | Nothing, B, O> = {
    params: Nothing,
    query: Nothing,
    body: null,
    output: null,
    problems: [],
    contentType: 'application/json',
    idempotent: spec.method === 'post',
    open: false,
    ...spec,
  };
  return filled;
}
