import type { Request } from 'express';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { findApiToken } from '../db/repositories/api-tokens.ts';
import { findSession } from '../db/repositories/sessions.ts';
import { isOperator } from '../domain/accounts/role.ts';
import { allows, type Scope } from '../domain/accounts/scope.ts';
import { isBearer } from './guards.ts';
import { Problem } from './problems.ts';
import type { CurrentUser, Route } from './route.ts';
import { hashToken, newToken, sessionHashOf } from './session-cookie.ts';

const API_TOKEN = /^Bearer (gifty_[\w-]{43})$/;

/** A new API token. */
export const newApiToken = (): string => `gifty_${newToken()}`;

interface AdmissionDeps {
  readonly em: () => SqlEntityManager;
  /** null = none is needed: the API is bound to a loopback address. */
  readonly operatorToken: string | null;
}

interface Caller {
  readonly user: CurrentUser;
  /** null = a person who is signed in: may do everything that is his. */
  readonly scopes: readonly Scope[] | null;
}

/** Lets a request through to a route, and says who it comes from; null = nobody's, or the operator token's. */
export const createAdmission = ({ em, operatorToken }: AdmissionDeps) => {
  const isTrusted = operatorToken === null ? () => true : isBearer(operatorToken);
  return async (route: Pick<Route, 'access' | 'scope'>, req: Request): Promise<CurrentUser | null> => {
    if (route.access === 'open' || (route.access === 'operator' && isTrusted(req))) return null;
    const caller = await findCaller(em, req);
    if (caller === null) throw unauthorized(route.access);
    checkRights(route, caller);
    return caller.user;
  };
};

/** @throws Problem forbidden */
function checkRights({ access, scope }: Pick<Route, 'access' | 'scope'>, { user, scopes }: Caller): void {
  if (access === 'operator' && !isOperator(user.role)) throw new Problem('forbidden', 'this takes an operator');
  const needed = access === 'operator' ? 'operate' : scope;
  if (scopes === null || allows(scopes, needed)) return;
  throw new Problem(
    'forbidden',
    needed === null ? 'this takes a person who is signed in, not a token' : `this takes a token with «${needed}»`,
  );
}

async function findCaller(em: () => SqlEntityManager, req: Request): Promise<Caller | null> {
  const authorization = req.get('authorization');
  if (authorization !== undefined) {
    const token = API_TOKEN.exec(authorization)?.[1];
    const found = token === undefined ? null : await findApiToken(em(), hashToken(token));
    return found === null ? null : { user: toUser(found, null), scopes: found.scopes };
  }
  const hash = sessionHashOf(req);
  const found = hash === null ? null : await findSession(em(), hash);
  return found === null ? null : { user: toUser(found, found.sessionId), scopes: null };
}

const toUser = ({ id, name, role }: Omit<CurrentUser, 'sessionId'>, sessionId: string | null): CurrentUser => ({
  ...{ id, name, role, sessionId },
});

const unauthorized = (access: Route['access']): Problem =>
  new Problem(
    'unauthorized',
    access === 'operator'
      ? 'send the operator token as Authorization: Bearer …, or sign in as an operator'
      : 'sign in, or send an API token as Authorization: Bearer …',
    { headers: { 'WWW-Authenticate': 'Bearer realm="gifty"' } },
  );
