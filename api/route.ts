import type { Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Scope } from '../domain/accounts/scope.ts';
import type { Role } from '../domain/accounts/role.ts';
import type { ProblemCode } from './problems.ts';

/** The person a request comes from. */
export interface CurrentUser {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** null = a machine, by an API token. */
  readonly sessionId: string | null;
}

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
  /** Never null on a route with access `user`; null for the operator's token. */
  readonly user: CurrentUser | null;
  /** Address and program of the client; SHA-256 of the session cookie that it has, valid or not, null = none. */
  readonly ip: string;
  readonly agent: string;
  readonly sessionHash: string | null;
}

export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** A body with the route's status, or a stream that writes its own answer. */
export type Answer<T> =
  | {
      readonly body: T;
      readonly location?: string;
      /** Token of the session that the browser gets; null = it loses the one that it has. */
      readonly session?: string | null;
    }
  | { readonly stream: (res: Response) => Promise<void> };

export const Nothing = z.strictObject({});
export type Nothing = typeof Nothing;

interface Description {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express 5 path, e.g. `/api/sources/:id`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly status: 200 | 201 | 202 | 204;
  /** Problems of its own; those that every route has are added. */
  readonly problems: readonly ProblemCode[];
  readonly contentType:
    | 'application/json'
    | 'text/event-stream'
    | 'application/x-ndjson'
    | 'text/plain'
    | 'image/svg+xml'
    | 'image/png'
    | 'application/zip'
    | 'text/calendar';
  /** What the body is: JSON, or bytes as they are (a `Uint8Array`, at most 10 MB). */
  readonly takes: 'application/json' | 'application/zip' | 'text/calendar';
  /** Takes an `Idempotency-Key`. */
  readonly idempotent: boolean;
  /** `open` answers everybody; `operator` this machine, the operator token and operators; `user` who is signed in, about what is his. */
  readonly access: 'open' | 'operator' | 'user';
  /** What an API token needs for it; null = it takes a person who is signed in. */
  readonly scope: Scope | null;
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

type Defaults =
  'params' | 'query' | 'body' | 'output' | 'problems' | 'contentType' | 'takes' | 'idempotent' | 'access' | 'scope';

/** A route as it is written down. */
export type RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType> = Omit<
  Route<P, Q, B, O>,
  Defaults
> &
  Partial<Pick<Route<P, Q, B, O>, Defaults>>;

/** Fills in what most routes have in common; POST takes an Idempotency-Key unless it says otherwise. */
export function route<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  O extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<P, Q, B, O>): Route {
  const filled: Route<P | Nothing, Q | Nothing, B, O> = {
    params: Nothing,
    query: Nothing,
    body: null,
    output: null,
    problems: [],
    contentType: 'application/json',
    takes: 'application/json',
    idempotent: spec.method === 'post',
    access: 'operator',
    scope: null,
    ...spec,
  };
  return filled;
}
