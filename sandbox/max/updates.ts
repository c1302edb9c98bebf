import { isLoopbackUrl } from '../messenger/loopback.ts';
import type { QueuedUpdate } from '../messenger/update-log.ts';
import type { MaxCall } from './context.ts';
import { badRequest } from './refusal.ts';
import type { MaxSandbox } from './sandbox.ts';
import type { Subscription } from './settings.ts';

const queueOf = ({ bot, url }: Pick<Subscription, 'bot' | 'url'>): string => `${bot} ${url}`;
const of = ({ settings }: MaxSandbox, bot: string): readonly Subscription[] =>
  settings.now.subscriptions.filter((subscription) => subscription.bot === bot);
const wants = ({ types }: Subscription, update: Readonly<Record<string, unknown>>): boolean =>
  types.length === 0 || types.includes(String(update['update_type']));

/** Tells a bot of something: each of its subscriptions, or who polls. */
export function pushUpdate(
  sandbox: MaxSandbox,
  { bot, chat }: { readonly bot: string; readonly chat: string },
  update: Readonly<Record<string, unknown>>,
): void {
  const subscriptions = of(sandbox, bot);
  const queues = subscriptions.filter((subscription) => wants(subscription, update)).map(queueOf);
  for (const queue of subscriptions.length === 0 ? [bot] : queues) sandbox.updates.push(queue, chat, () => update);
  sandbox.changes.touch();
}

/** GET /updates: what comes before the marker is read; without a marker there is only the last update. */
export async function getUpdates({ bot, sandbox, query, violate }: MaxCall<'GET /updates'>) {
  const { updates } = sandbox;
  const { marker } = query;
  if (of(sandbox, bot).length > 0) violate('GET /updates while subscribed');
  sandbox.polling.add(bot);
  if (marker !== undefined) updates.doneBefore(bot, marker);
  const given = await anyUnread(sandbox, bot, query);
  const next = (given.at(-1)?.id ?? updates.lastId) + 1;
  return { updates: given.map(({ update }) => update), marker: given.length === 0 ? (marker ?? next) : next };
}

type Wanted = MaxCall<'GET /updates'>['query'];

/** Waits for the first. */
async function anyUnread({ updates }: MaxSandbox, bot: string, query: Wanted): Promise<readonly QueuedUpdate[]> {
  const { limit = 100, timeout = 30 } = query;
  const until = performance.now() + timeout * 1000;
  for (;;) {
    const given = unread([...updates.pending(bot)], query).slice(0, limit);
    const leftMs = until - performance.now();
    if (given.length > 0 || leftMs <= 0) return given;
    await updates.changed(leftMs);
  }
}

function unread(pending: readonly QueuedUpdate[], { marker, types }: Wanted) {
  const given = marker === undefined ? pending.slice(-1) : pending;
  return types === undefined
    ? given
    : given.filter(({ update }) => types.some((type) => type === update['update_type']));
}

/** GET /subscriptions. */
export const listSubscriptions = ({ bot, sandbox }: MaxCall<'GET /subscriptions'>) => ({
  subscriptions: of(sandbox, bot).map(({ url, at, types }) => ({ url, time: at, update_types: types })),
});

/** POST /subscriptions: one more; the same address again replaces what it had. */
export function subscribe({ bot, sandbox, body }: MaxCall<'POST /subscriptions'>) {
  const { url, secret = null, update_types: types = [] } = body;
  // The real one takes HTTPS alone; what listens on this machine has no certificate.
  if (!url.startsWith('https://') && !isLoopbackUrl(url)) throw badRequest('an https address');
  const { settings, updates } = sandbox;
  const unread = of(sandbox, bot).length === 0 ? [...updates.pending(bot)] : [];
  const subscription = { bot, url, secret, types: [...types], at: sandbox.clock() };
  const others = settings.now.subscriptions.filter((other) => queueOf(other) !== queueOf(subscription));
  settings.change({ subscriptions: [...others, subscription] });
  updates.doneBefore(bot, updates.lastId + 1);
  for (const { chat, update } of unread) pushUpdate(sandbox, { bot, chat }, update);
  startDelivery(sandbox, subscription);
  return { success: true };
}

/** Delivers to a subscription, also after a restart. */
export function startDelivery({ webhooks }: MaxSandbox, subscription: Subscription): void {
  const { url, secret } = subscription;
  const headers: Record<string, string> = secret === null ? {} : { 'x-max-bot-api-secret': secret };
  webhooks.start(queueOf(subscription), { url, headers, connections: 40 });
}

/** DELETE /subscriptions. */
export function unsubscribe({ bot, sandbox, query }: MaxCall<'DELETE /subscriptions'>) {
  const { settings, updates, webhooks } = sandbox;
  const queue = queueOf({ bot, url: query.url });
  webhooks.stop(queue);
  updates.doneBefore(queue, updates.lastId + 1);
  settings.change({ subscriptions: settings.now.subscriptions.filter((other) => queueOf(other) !== queue) });
  return { success: true };
}

/** What became of each subscription's updates. */
export const deliveries = ({ settings, updates, webhooks }: MaxSandbox) =>
  settings.now.subscriptions.map((subscription) => {
    const queue = queueOf(subscription);
    return { bot: subscription.bot, url: subscription.url, pending: updates.size(queue), ...webhooks.stats(queue) };
  });
