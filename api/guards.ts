import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { isLoopback } from '../config/policy.ts';
import { Problem } from './problems.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** True for requests with this token as `Authorization: Bearer`; takes the same time whatever is wrong with it. */
export function isBearer(token: string): (req: Request) => boolean {
  const expected = digest(`Bearer ${token}`);
  return (req) => timingSafeEqual(digest(req.get('authorization') ?? ''), expected);
}

/** Without a token only this machine is trusted: a name that was pointed at it (DNS rebinding) is not. */
export const loopbackNamesOnly: RequestHandler = (req, _res, next) => {
  const host = URL.canParse(`http://${req.get('host') ?? ''}`)
    ? new URL(`http://${req.get('host') ?? ''}`).hostname
    : '';
  if (!isLoopback(host))
    throw new Problem('foreign-origin', 'this API answers to localhost only; set GIFTY_OPERATOR_TOKEN to open it');
  next();
};

/** A page of another site cannot change anything here: browsers say where a request comes from. */
export const ownPagesOnly: RequestHandler = (req, _res, next) => {
  if (!SAFE_METHODS.has(req.method) && isForeign(req))
    throw new Problem('foreign-origin', 'a page of another site may not change anything here');
  next();
};

function isForeign(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = req.get('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== req.host;
}

/** So many requests a minute from one address, then 429 with Retry-After. */
export const limitRate = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, _res, next) => {
      next(new Problem('rate-limited', `more than ${perMinute} requests in a minute; wait as Retry-After says`));
    },
  });
