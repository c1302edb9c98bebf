import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';

const COOKIE = 'gifty_session';
const TOKEN_BYTES = 32;
/** How long a browser stays signed in. */
export const SESSION_MS = 7 * 24 * 3_600_000;

/** A token that nobody can guess; what is stored of it is its hash. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Hash of the session token that the browser sends, or null. */
export function sessionHashOf(req: Request): string | null {
  for (const pair of (req.get('cookie') ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=', 2);
    if (name === COOKIE && value !== '') return hashToken(value);
  }
  return null;
}

/** Gives the browser a session, or takes it away; no script can read it, and no other site's page sends it. */
export function setSessionCookie(
  { req, res }: { readonly req: Request; readonly res: Response },
  token: string | null,
): void {
  const options = { httpOnly: true, sameSite: 'strict', secure: req.secure, path: '/' } as const;
  if (token === null) res.clearCookie(COOKIE, options);
  else res.cookie(COOKIE, token, { ...options, maxAge: SESSION_MS });
}
