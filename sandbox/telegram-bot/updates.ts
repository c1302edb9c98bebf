import { isLoopbackUrl } from '../messenger/loopback.ts';
import type { BotApiContext } from './context.ts';
import { Refusal } from './refusal.ts';
import type { Sandbox } from './sandbox.ts';
import type { ParametersOf } from './schemas.ts';
import { withoutKey } from './settings.ts';

const LONGEST_POLL_SECONDS = 50;

/** Tells a bot of something, unless it has said that it wants no such thing. */
export function pushUpdate(
  { updates, settings, changes }: Sandbox,
  { bot, chat }: { readonly bot: string; readonly chat: string },
  update: Readonly<Record<string, unknown>>,
): void {
  const allowed = settings.now.allowed[bot] ?? [];
  const [kind = ''] = Object.keys(update);
  if (allowed.length > 0 && !allowed.includes(kind)) return;
  updates.push(bot, chat, (id) => ({ ...update, update_id: id }));
  changes.touch();
}

export async function getUpdates({ bot, sandbox }: BotApiContext, parameters: ParametersOf<'getUpdates'>) {
  const { updates, settings } = sandbox;
  if (settings.now.webhooks[bot] !== undefined)
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  const { offset = 0, limit = 100, timeout = 0, allowed_updates: allowed } = parameters;
  if (allowed !== undefined) settings.change({ allowed: { ...settings.now.allowed, [bot]: allowed } });
  if (offset !== 0) updates.doneBefore(bot, offset < 0 ? (pending(sandbox, bot).at(offset)?.id ?? 0) : offset);
  await anyUpdate(sandbox, bot, Math.min(timeout, LONGEST_POLL_SECONDS) * 1000);
  return pending(sandbox, bot)
    .slice(0, limit)
    .map(({ update }) => update);
}

/** Waits for an update. @throws Refusal when the bot asks a second time meanwhile */
async function anyUpdate({ updates, polls }: Sandbox, bot: string, withinMs: number): Promise<void> {
  polls.get(bot)?.abort();
  const poll = new AbortController();
  polls.set(bot, poll);
  const until = performance.now() + withinMs;
  while (updates.size(bot) === 0 && performance.now() < until && !poll.signal.aborted) {
    await Promise.race([updates.changed(until - performance.now()), aborted(poll.signal)]);
  }
  if (poll.signal.aborted)
    throw new Refusal(
      409,
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
}

const pending = ({ updates }: Sandbox, bot: string) => [...updates.pending(bot)];

const aborted = async (signal: AbortSignal): Promise<void> =>
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

export function setWebhook({ bot, sandbox }: BotApiContext, parameters: ParametersOf<'setWebhook'>) {
  const { url, secret_token: secret = null, max_connections: connections = 40, allowed_updates: allowed } = parameters;
  const { settings } = sandbox;
  if (parameters.drop_pending_updates === true) dropPending(sandbox, bot);
  if (url === '') return stopWebhook(sandbox, bot);
  // The real one takes HTTPS alone; what listens on this machine has no certificate.
  if (!url.startsWith('https://') && !isLoopbackUrl(url))
    throw new Refusal(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
  settings.change({
    webhooks: { ...settings.now.webhooks, [bot]: { url, secret, connections } },
    ...(allowed !== undefined && { allowed: { ...settings.now.allowed, [bot]: allowed } }),
  });
  startWebhook(sandbox, bot);
  return true;
}

/** Delivers to the webhook that is set, also after a restart. */
export function startWebhook({ settings, webhooks }: Sandbox, bot: string): void {
  const webhook = settings.now.webhooks[bot];
  if (webhook === undefined) return;
  const { url, secret, connections } = webhook;
  const headers: Record<string, string> = secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret };
  webhooks.start(bot, { url, headers, connections });
}

export function deleteWebhook({ bot, sandbox }: BotApiContext, parameters: ParametersOf<'deleteWebhook'>) {
  if (parameters.drop_pending_updates === true) dropPending(sandbox, bot);
  return stopWebhook(sandbox, bot);
}

function stopWebhook({ settings, webhooks }: Sandbox, bot: string): true {
  webhooks.stop(bot);
  settings.change({ webhooks: withoutKey(settings.now.webhooks, bot) });
  return true;
}

const dropPending = ({ updates }: Sandbox, bot: string): void => updates.doneBefore(bot, updates.lastId + 1);

export function getWebhookInfo({ bot, sandbox }: BotApiContext) {
  const { settings, updates, webhooks } = sandbox;
  const webhook = settings.now.webhooks[bot];
  const { lastError, failingSince } = webhooks.stats(bot);
  return {
    ...{ url: webhook?.url ?? '', has_custom_certificate: false, pending_update_count: updates.size(bot) },
    ...(webhook !== undefined && { max_connections: webhook.connections }),
    ...(failingSince !== null && {
      last_error_date: Math.floor(failingSince / 1000),
      last_error_message: lastError ?? '',
    }),
  };
}
