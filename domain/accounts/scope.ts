/** What an API token may be used for; `read` only reads, `operate` is an operator's, the others change what their name says. */
export const SCOPES = ['read', 'buy', 'accounts', 'channels', 'settings', 'agenda', 'operate'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * True when these scopes allow a call.
 * @param needed  what the route changes; null = only a person who is signed in may
 */
export const allows = (scopes: readonly Scope[], needed: Scope | null): boolean =>
  needed !== null && scopes.includes(needed);
