import { get, send } from './api.js';

const KEY = 'gifty-user';

/** Name of who was signed in here last, or null; the session itself is a cookie that scripts cannot read. */
export const knownName = () => localStorage.getItem(KEY);

export function remember({ name }) {
  localStorage.setItem(KEY, name);
}

export const forget = () => localStorage.removeItem(KEY);

/** Makes sure that somebody is signed in. @throws Problem 401 */
export async function assureSignedIn(signal) {
  if (knownName() === null) remember(await get('/me', {}, signal));
}

export async function signOut() {
  await send('POST', '/auth/logout').catch(() => undefined);
  forget();
}
