import { get } from '../lib/api.js';

/** What the user's accounts and channels are called, by id. */
export async function readNames(signal) {
  const [accounts, channels] = await Promise.all([get('/accounts', {}, signal), get('/channels', {}, signal)]);
  return {
    accounts: new Map(accounts.items.map(({ id, name }) => [id, name])),
    targets: new Map(channels.items.map(({ channelId, title }) => [channelId, title])),
  };
}

/** Who buys for whom. */
export function wayOf({ accountId, target }, { accounts, targets }) {
  return `${accounts.get(accountId) ?? accountId} → ${targets.get(target) ?? target}`;
}
