import type { z } from 'zod';
import type { Actor } from '../db/repositories/audit.ts';
import type { Scope } from '../domain/accounts/scope.ts';
import { Problem } from './problems.ts';
import {
  route,
  type Answer,
  type CurrentUser,
  type Input,
  type Nothing,
  type RequestContext,
  type Route,
  type RouteSpec,
} from './route.ts';

/** What a handler knows of a request of somebody who is signed in. */
export interface UserContext extends RequestContext {
  readonly user: CurrentUser;
  /** The same person, as the audit log names it. */
  readonly actor: Actor;
}

type UserRouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType> = Omit<
  RouteSpec<P, Q, B, O>,
  'handle' | 'access' | 'scope'
> & {
  /** What an API token needs for it; null = it takes a person who is signed in. */
  readonly scope: Scope | null;
  handle(input: Input<z.output<P>, z.output<Q>, z.output<B>>, context: UserContext): Promise<Answer<z.input<O>>>;
};

/** A route for who is signed in; its handler asks for nothing but that user's rows. */
export function userRoute<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  O extends z.ZodType = z.ZodUndefined,
>(spec: UserRouteSpec<P, Q, B, O>): Route {
  return route<P, Q, B, O>({
    ...spec,
    access: 'user',
    handle: async (input, context) => {
      const { user, ip } = context;
      if (user === null) throw new Problem('unauthorized', 'sign in first');
      return await spec.handle(input, { ...context, user, actor: { userId: user.id, ip } });
    },
  });
}
